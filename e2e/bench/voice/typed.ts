import type { Locator } from "@playwright/test";

/**
 * When the mirror first shows the effect of each keystroke. The page counts them: on a poor line two
 * effects may come at once.
 */
export async function effectsOf(
  mirror: Locator,
  selector: string,
  count: number,
): Promise<number[]> {
  return await mirror.evaluate(
    (frame: HTMLIFrameElement, wanted) => {
      const numberIn = (): number => {
        const text = frame.contentDocument?.querySelector(wanted.selector)?.textContent ?? "";
        return Number(/recherche (\d+)$/.exec(text)?.[1] ?? 0);
      };
      return new Promise<number[]>((resolve) => {
        const first = numberIn();
        const times: number[] = [];
        const look = () => {
          const seen = Math.min(wanted.count, numberIn() - first);
          while (times.length < seen) times.push(Date.now());
          if (times.length >= wanted.count) resolve(times);
          else requestAnimationFrame(look);
        };
        look();
      });
    },
    { selector, count },
  );
}
