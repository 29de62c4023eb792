import type { BrowserContext } from "@playwright/test";

/** The browser's own page of extensions, where a person changes what it lets them do. */
export interface ExtensionsPage {
  /** As if the person had said yes to these hosts: the prompt itself can't be pressed from here. */
  allow(hosts: readonly string[]): Promise<void>;
  /** The keys of Arrêter; an empty text takes them away. */
  setStopKeys(keys: string): Promise<void>;
  close(): Promise<void>;
}

/** In a tab of its own, which comes to the front. */
export async function openExtensionsPage(
  context: BrowserContext,
  extensionId: string,
): Promise<ExtensionsPage> {
  const page = await context.newPage();
  await page.goto("chrome://extensions/");
  const call = async (name: string, ...parameters: unknown[]): Promise<void> => {
    const written = parameters.map((one) => JSON.stringify(one)).join(",");
    await page.evaluate(`chrome.developerPrivate.${name}(${written})`);
  };
  return {
    allow: async (hosts) => {
      for (const host of hosts) await call("addHostPermission", extensionId, `https://${host}/*`);
    },
    setStopKeys: async (keybinding) =>
      await call("updateExtensionCommand", { extensionId, commandName: "stop", keybinding }),
    close: () => page.close(),
  };
}
