import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { askMicrophone } from "./ask-microphone.ts";

function stream() {
  const stop = vi.fn<() => void>();
  // Only what is used of it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { stop, stream: { getTracks: () => [{ stop }] } as unknown as MediaStream };
}

const failing = (name: string) => ({
  getUserMedia: () => Promise.reject(new DOMException("", name)),
});
const yes = (): Promise<boolean> => Promise.resolve(true);
const no = (): Promise<boolean> => Promise.resolve(false);

const ignore = (): void => undefined;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a yes is a stream that is still open", async () => {
  const given = stream();
  const asked = await askMicrophone({ getUserMedia: () => Promise.resolve(given.stream) }, no);
  expect(asked).toEqual({ stream: given.stream });
  expect(given.stop).not.toHaveBeenCalled();
});

test.each([
  ["NotAllowedError", yes, "refused"],
  ["SecurityError", yes, "refused"],
  ["NotAllowedError", no, "unanswered"],
  ["NotFoundError", no, "none"],
  ["OverconstrainedError", no, "none"],
  ["NotReadableError", no, "busy"],
  ["AbortError", yes, "busy"],
] as const)("%s", async (name, isDenied, problem) => {
  expect(await askMicrophone(failing(name), isDenied)).toEqual({ problem });
});

test("a question that nobody answers is given up, and a late yes opens nothing", async () => {
  const given = stream();
  let answer: (stream: MediaStream) => void = ignore;
  const asked = askMicrophone(
    { getUserMedia: () => new Promise((resolve) => (answer = resolve)) },
    no,
  );
  await vi.advanceTimersByTimeAsync(120_000);
  expect(await asked).toEqual({ problem: "unanswered" });
  answer(given.stream);
  await vi.advanceTimersByTimeAsync(0);
  expect(given.stop).toHaveBeenCalledOnce();
});
