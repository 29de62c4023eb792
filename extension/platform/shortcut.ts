import { browser } from "./browser.ts";

/** The keys of Arrêter as this browser writes them, such as `Alt+Maj+S`; `undefined` where it gave none. */
export async function stopShortcut(): Promise<string | undefined> {
  const commands = await browser.commands.getAll();
  return commands.find(({ name }) => name === "stop")?.shortcut || undefined;
}
