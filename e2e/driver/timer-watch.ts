import { expect, type Page } from "@playwright/test";
import { z } from "zod";

import type { RunningBrowser } from "./browser.ts";
import { targetIdOf } from "./target-id.ts";

const timerFire = z.object({
  name: z.literal("TimerFire"),
  args: z.object({ data: z.object({ frame: z.string() }) }),
});

/** Timers of the page and of every extension in it, as the browser itself fires them. */
export async function countTimers(
  browser: RunningBrowser,
  tab: Page,
  during: () => Promise<void>,
): Promise<number> {
  const { session } = browser;
  const frame = await targetIdOf(tab);
  let fired = 0;
  const take = ({ value }: { value: object[] }): void => {
    for (const event of value)
      if (timerFire.safeParse(event).data?.args.data.frame === frame) fired += 1;
  };
  session.on("Tracing.dataCollected", take);
  const complete = new Promise<void>((resolve) => {
    session.once("Tracing.tracingComplete", () => resolve());
  });
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["devtools.timeline"] },
  });
  await during();
  await session.send("Tracing.end");
  await complete;
  session.off("Tracing.dataCollected", take);
  return fired;
}

/**
 * Who listens to this page's document and window, in the extension's own worlds of it. Playwright
 * listens there too, by scripts that are in no file of the extension's.
 */
export async function countListeners(tab: Page): Promise<number> {
  const session = await tab.context().newCDPSession(tab);
  const worlds: number[] = [];
  const ours = new Set<string>();
  session.on("Debugger.scriptParsed", ({ scriptId, url }) => {
    if (url.startsWith("chrome-extension://")) ours.add(scriptId);
  });
  session.on("Runtime.executionContextCreated", ({ context }) => {
    if (context.origin.startsWith("chrome-extension://")) worlds.push(context.id);
  });
  await session.send("Debugger.enable");
  await session.send("Runtime.enable");
  await expect
    .poll(() => worlds.length, { message: "the extension was in this page" })
    .toBeGreaterThan(0);
  let count = 0;
  for (const contextId of worlds)
    for (const expression of ["document", "window"]) {
      const { result } = await session.send("Runtime.evaluate", { expression, contextId });
      const { listeners } = await session.send("DOMDebugger.getEventListeners", {
        objectId: result.objectId ?? "",
      });
      count += listeners.filter(({ scriptId }) => ours.has(scriptId)).length;
    }
  await session.detach();
  return count;
}
