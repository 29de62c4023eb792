/** After that long what is left is abandoned: the process ends within 5 s of a signal. */
const STOP_MS = 4_000;

export interface Cleanup {
  add(close: () => Promise<void>): void;
  /** Last in, first out, all tried; once. */
  run(): Promise<void>;
}

export function createCleanup(): Cleanup {
  const steps: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const closing = steps.toReversed().map((close) => close().catch(() => undefined));
    const late = new Promise<void>((resolve) => {
      setTimeout(resolve, STOP_MS).unref();
    });
    await Promise.race([Promise.all(closing), late]);
  }

  return {
    add: (close) => steps.push(close),
    run: () => (running ??= closeAll()),
  };
}
