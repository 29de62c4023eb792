import type { Clock } from "../clock.ts";

export type FakeClock = Clock & {
  /** Runs the timers that fall due, in their order, and lets what they began settle. */
  advance: (ms: number) => Promise<void>;
};

export function createFakeClock(): FakeClock {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();

  return {
    now: () => now,
    setTimeout(run, ms) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const [due] = [...timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (!due) break;
        timers.delete(due);
        now = Math.max(now, due.at);
        due.run();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

/** As many threads as Node gives to Web Crypto and to the streams that compress. */
const THREADS = 4;

/** Lets Web Crypto, the streams and what awaits them come to rest, however busy the machine is. */
export async function settle(turns = 12): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    // What waits for a thread is before these.
    const last = Array.from({ length: THREADS }, () =>
      crypto.subtle.digest("SHA-256", new Uint8Array(1)),
    );
    await Promise.all(last);
  }
}

/** Waits for real time, for what the fake clock does not drive. */
export async function until(condition: () => boolean, what = "the condition"): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) {
    if (condition()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
  throw new Error(`waited in vain for ${what}`);
}
