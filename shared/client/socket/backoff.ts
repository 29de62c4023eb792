const FIRST_MS = 250;
const LONGEST_MS = 5_000;

/** [C4] 0.25 s, doubling to 5 s; from half of that to the whole, so that clients don't come back together. */
export function createBackoff(random: () => number): { next(): number; reset(): void } {
  let tries = 0;
  return {
    next() {
      const whole = Math.min(FIRST_MS * 2 ** Math.min(tries, 16), LONGEST_MS);
      tries += 1;
      return whole / 2 + (whole / 2) * random();
    },
    reset() {
      tries = 0;
    },
  };
}
