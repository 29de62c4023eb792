import { type Host, hostPattern } from "../../shared/sites.ts";
import { browser } from "./browser.ts";

const RECORDER = { id: "recorder", file: "/content-scripts/recorder.js" } as const;
const PROBE = { id: "probe", file: "/probe.js" } as const;

/** From the next navigation on, every frame of these hosts gets the recorder before its own scripts run. */
export async function registerRecorder(hosts: readonly Host[]): Promise<void> {
  await unregisterRecorder();
  const common = {
    matches: hosts.map(hostPattern),
    runAt: "document_start" as const,
    allFrames: true,
    matchOriginAsFallback: true,
    persistAcrossSessions: false,
  };
  await browser.scripting.registerContentScripts([
    { ...common, id: PROBE.id, js: [PROBE.file], world: "MAIN" },
    { ...common, id: RECORDER.id, js: [RECORDER.file] },
  ]);
}

export async function unregisterRecorder(): Promise<void> {
  const ours = [PROBE.id, RECORDER.id];
  const there = await browser.scripting.getRegisteredContentScripts({ ids: ours });
  if (there.length > 0)
    await browser.scripting.unregisterContentScripts({ ids: there.map((script) => script.id) });
}

/** Into the page that is already there. A frame that can't be reached is left out. */
export async function injectRecorder(tab: number): Promise<void> {
  const target = { tabId: tab, allFrames: true };
  await browser.scripting.executeScript({ target, files: [PROBE.file], world: "MAIN" });
  await browser.scripting.executeScript({
    target,
    files: [RECORDER.file],
    injectImmediately: true,
  });
}
