import { expect, test, vi } from "vitest";

import { createListeners } from "./listeners.ts";

test("a listener hears at once, until it is taken away, and may be added twice", () => {
  const { add, emit } = createListeners<number>();
  const heard: number[] = [];
  const listener = (event: number) => heard.push(event);
  const remove = add(listener);
  add(listener);
  void emit(1);
  remove();
  void emit(2);
  expect(heard).toEqual([1, 1, 2]);
});

test("a listener's fault is reported, and stops no other one", async () => {
  const { add, emit } = createListeners<number>();
  const heard: number[] = [];
  const bug = new Error("a bug of the listener");
  const report = vi.spyOn(globalThis, "queueMicrotask").mockImplementation((run) => {
    expect(run).toThrow(bug);
  });
  add(() => {
    throw bug;
  });
  add(() => Promise.reject(bug));
  add((event) => heard.push(event));
  await emit(1);
  expect(heard).toEqual([1]);
  expect(report).toHaveBeenCalledTimes(2);
  report.mockRestore();
});
