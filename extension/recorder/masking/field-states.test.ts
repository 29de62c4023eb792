import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { createFieldStates, type FieldState } from "./field-states.ts";

// Before the other imports: they read the prototypes.
const { asElement, h } = await vi.hoisted(() => import("../testing/fake-dom.ts"));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(value = "") {
  const told: { at: number; state: FieldState }[] = [];
  const states = createFieldStates((_element, state) =>
    told.push({ at: performance.now(), state }),
  );
  const field = h("input", { type: "text", value });
  const element = asElement(field);
  const type = (text: string): void => {
    field.value = text;
    states.touch(element, true);
  };
  return { states, field, element, type, told };
}

describe("[M3] field states", () => {
  test("empty, being filled, filled", () => {
    const { states, element, type, told } = setUp();
    expect(states.stateOf(element)).toBe("empty");
    type("m");
    vi.advanceTimersByTime(5_000);
    expect(told.map(({ state }) => state)).toEqual(["filling", "filled"]);
  });

  test("the same three words whatever is written, at most one a second", () => {
    const { states, element, type, told } = setUp();
    states.stateOf(element);
    for (const letter of "une phrase assez longue, écrite vite") {
      type(letter);
      vi.advanceTimersByTime(37);
    }
    type("");
    type("x");
    type("");
    vi.advanceTimersByTime(10_000);
    const gaps = told.slice(1).map(({ at }, index) => at - (told[index]?.at ?? 0));
    expect(gaps.every((gap) => gap >= 1_000)).toBe(true);
    expect(told.length).toBeLessThanOrEqual(3);
    expect(told.at(-1)?.state).toBe("empty");
  });

  test("one letter and a hundred letters look the same", () => {
    const one = setUp();
    const many = setUp();
    one.states.stateOf(one.element);
    many.states.stateOf(many.element);
    one.type("a");
    many.type("a".repeat(100));
    vi.advanceTimersByTime(10_000);
    expect(one.told).toEqual(many.told);
  });

  test("a field that is left is filled, not before a second has passed", () => {
    const { states, element, type, told } = setUp();
    states.stateOf(element);
    type("m");
    states.leave(element);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(told.map(({ state }) => state)).toEqual(["filling", "filled"]);
  });

  test("a value set by script", () => {
    const { states, field, element, told } = setUp("before");
    expect(states.stateOf(element)).toBe("filled");
    field.value = "";
    states.touch(element, false);
    expect(told.map(({ state }) => state)).toEqual(["empty"]);
  });

  test("nothing is told after the end", () => {
    const { states, element, type, told } = setUp();
    states.stateOf(element);
    type("m");
    states.stop();
    vi.advanceTimersByTime(10_000);
    expect(told).toHaveLength(1);
  });
});
