import type { Locator, Page } from "@playwright/test";

/** What both sides of the comparison do, so that it is done alike. All instants are this machine's clock. */

export const KEYSTROKES = 24;
/** Slower than any effect that we hope to see, so that one effect belongs to one keystroke. */
export const TYPING_GAP_MS = 250;

export interface TaskTime {
  /** Of the tab's main thread, milliseconds. */
  all: number;
  /** The longest piece that kept the page from its turn, milliseconds; 0 when none took 50. */
  longest: number;
}

/** Starts counting the tab's main-thread work; the returned function stops. */
export async function countTaskTime(page: Page): Promise<() => Promise<TaskTime>> {
  const longest = await page.evaluateHandle(() => {
    const seen = { ms: 0 };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.ms = Math.max(seen.ms, duration);
    }).observe({ type: "longtask" });
    return seen;
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find((metric) => metric.name === "TaskDuration")?.value ?? 0) * 1000;
  };
  const before = await read();
  return async () => {
    const spent = (await read()) - before;
    await session.detach();
    return { all: spent, longest: (await longest.jsonValue()).ms };
  };
}

/** Resolves with the instant of the first frame drawn after `selector` is in the mirror. */
export async function paintedAt(mirror: Locator, selector: string): Promise<number> {
  await mirror.waitFor({ state: "attached" });
  return await mirror.evaluate(
    (frame: HTMLIFrameElement, wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (frame.contentDocument?.querySelector(wanted)) {
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())));
          } else requestAnimationFrame(look);
        };
        look();
      }),
    selector,
  );
}

/**
 * The instants of the next `count` changes of an element's text in the mirror, each once drawn.
 * Rejects when they are not all there after a minute: two that fall together are seen as one.
 */
export async function changesOf(
  mirror: Locator,
  selector: string,
  count: number,
): Promise<number[]> {
  return await mirror.evaluate(
    (frame: HTMLIFrameElement, wanted) =>
      new Promise<number[]>((resolve, reject) => {
        const times: number[] = [];
        setTimeout(() => {
          reject(new Error(`${times.length} of ${wanted.count} changes were seen`));
        }, 60_000);
        let last = frame.contentDocument?.querySelector(wanted.selector)?.textContent;
        const look = () => {
          const text = frame.contentDocument?.querySelector(wanted.selector)?.textContent;
          if (text !== last) {
            last = text;
            times.push(Date.now());
          }
          if (times.length >= wanted.count) resolve(times);
          else requestAnimationFrame(look);
        };
        look();
      }),
    { selector, count },
  );
}

/** Empties the field and lets what that changes pass, before the first keystroke is measured. */
export async function emptyField(page: Page, selector: string): Promise<void> {
  await page.locator(selector).fill("");
  await page.waitForTimeout(1_000);
}

/** Types in the page's field, one letter at a time; the instants are those of the page's own events. */
export async function typeSlowly(page: Page, selector: string, count: number): Promise<number[]> {
  const field = page.locator(selector);
  await field.evaluate((element) => {
    const times: number[] = [];
    element.addEventListener("keydown", () => {
      times.push(Date.now());
      element.setAttribute("data-typed", JSON.stringify(times));
    });
  });
  for (let index = 0; index < count; index += 1) {
    await field.press("aeiou"[index % 5] ?? "a");
    await page.waitForTimeout(TYPING_GAP_MS);
  }
  return JSON.parse((await field.getAttribute("data-typed")) ?? "[]");
}

export function delays(from: readonly number[], to: readonly number[]): number[] {
  return from.map((start, index) => (to[index] ?? Number.NaN) - start);
}
