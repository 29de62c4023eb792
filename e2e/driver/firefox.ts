import { launch, type Page } from "puppeteer-core";
import { z } from "zod";

import { ensureFirefox } from "../setup/browsers.ts";

const ID = "epaule@epaule.example";
/** Firefox gives each installation another one; this browser, always this. */
const HOST = "11111111-2222-4333-8444-555555555555";
const OPEN_MS = 30_000;

const answerSchema = z.object({ result: z.unknown() });
const treeSchema = z.object({
  contexts: z.array(z.object({ context: z.string(), url: z.string() })),
});
const evaluatedSchema = z.object({
  type: z.literal("success"),
  result: z.object({ type: z.literal("string"), value: z.string() }),
});

export interface FirefoxWithExtension {
  /** A page of the extension, in a tab. */
  openPage(name: string): Promise<Page>;
  /**
   * In the document of the real sidebar, with its own rights, whatever its policy says of text that
   * becomes code. The expression gives a string, or a promise of one.
   */
  inSidebar(expression: string): Promise<string>;
  close(): Promise<void>;
}

/** A Firefox of its own with the extension of that folder, and microphones that are not real. */
export async function launchFirefox(extension: string): Promise<FirefoxWithExtension> {
  const browser = await launch({
    browser: "firefox",
    executablePath: await ensureFirefox(),
    headless: true,
    args: ["--remote-allow-system-access"],
    extraPrefsFirefox: {
      "extensions.webextensions.uuids": JSON.stringify({ [ID]: HOST }),
      "intl.locale.requested": "fr",
      "intl.accept_languages": "fr",
      "media.navigator.streams.fake": true,
      // The person says yes.
      "permissions.default.microphone": 1,
      "media.peerconnection.ice.loopback": true,
      "network.dns.disabled": true,
    },
  });
  // puppeteer has no word for Firefox's own windows, nor for a sidebar.
  const connection = z.instanceof(Object).parse(Reflect.get(browser, "connection"));
  const send = z.instanceof(Function).parse(Reflect.get(connection, "send"));
  const ask = async (method: string, body: object): Promise<unknown> => {
    const answer: unknown = await Reflect.apply(send, connection, [method, body]);
    return answerSchema.parse(answer).result ?? answer;
  };
  const inWindow = async (expression: string): Promise<string> => {
    const all = { "moz:scope": "chrome" };
    const { contexts } = treeSchema.parse(await ask("browsingContext.getTree", all));
    const context = contexts.find(({ url }) => url.includes("browser.xhtml"))?.context;
    const parameters = { expression, target: { context }, awaitPromise: true };
    return evaluatedSchema.parse(await ask("script.evaluate", parameters)).result.value;
  };
  await browser.installExtension(extension);
  return {
    openPage: async (name) => {
      const page = await browser.newPage();
      // It never settles for a page of an extension.
      page.goto(`moz-extension://${HOST}/${name}`).catch(() => undefined);
      await page.waitForSelector("h1", { timeout: OPEN_MS });
      return page;
    },
    inSidebar: async (expression) => await inWindow(sidebarScript(expression)),
    close: () => browser.close(),
  };
}

/** From the browser's window into the process of the extension. */
function sidebarScript(expression: string): string {
  const script = `
    const sandbox = Components.utils.Sandbox(content, {
      sandboxPrototype: content,
      wantXrays: false,
    });
    const tell = (name, text) => sendAsyncMessage("epaule:" + name, String(text));
    Promise.resolve()
      .then(() => Components.utils.evalInSandbox(${JSON.stringify(expression)}, sandbox))
      .then((text) => tell("value", text), (error) => tell("error", error));
  `;
  return `(async () => {
    const deadline = Date.now() + ${OPEN_MS};
    const find = () =>
      SidebarController.browser?.contentDocument?.getElementById("webext-panels-browser");
    while (!find() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
    const messages = find().messageManager;
    const answered = new Promise((resolve, reject) => {
      messages.addMessageListener("epaule:value", ({ data }) => resolve(data));
      messages.addMessageListener("epaule:error", ({ data }) => reject(new Error(data)));
    });
    messages.loadFrameScript(
      "data:application/javascript;charset=utf-8," + encodeURIComponent(${JSON.stringify(script)}),
      false,
    );
    return await answered;
  })()`;
}
