import { expect, test } from "vitest";

import { createFakeClock } from "../../../shared/client/testing/fake-clock.ts";
import { createHoldToTalk } from "./hold-to-talk.ts";

function create() {
  const clock = createFakeClock();
  const said: boolean[] = [];
  return { clock, said, hold: createHoldToTalk({ clock, talk: (now) => said.push(now) }) };
}

test("the microphone is open from the key's press to its end, however often it repeats", () => {
  const { said, hold } = create();
  expect(hold.keyDown(false)).toBe(true);
  expect(hold.keyDown(true)).toBe(true);
  expect(said).toEqual([true]);
  expect(hold.keyUp()).toBe(true);
  expect(said).toEqual([true, false]);
});

test("a repetition alone, of a press that was for something else, opens nothing", () => {
  const { said, hold } = create();
  expect(hold.keyDown(true)).toBe(false);
  expect(hold.keyUp()).toBe(false);
  expect(said).toEqual([]);
});

test("a click in the mirror does not cut the voice of a key that goes on repeating", async () => {
  const { clock, said, hold } = create();
  hold.keyDown(false);
  hold.keyboardAway();
  await clock.advance(100);
  hold.keyDown(true);
  await clock.advance(10_000);
  expect(said).toEqual([true]);
});

test("a key that was let go unheard closes the microphone all the same, within 300 ms", async () => {
  const { clock, said, hold } = create();
  hold.keyDown(false);
  hold.keyboardAway();
  await clock.advance(299);
  hold.keyboardAway();
  expect(said).toEqual([true]);
  await clock.advance(1);
  expect(said).toEqual([true, false]);
  await clock.advance(10_000);
  expect(said).toEqual([true, false]);
});

test("a key that proves later that it is still down opens it again; its end is then heard", async () => {
  const { clock, said, hold } = create();
  hold.keyDown(false);
  hold.keyboardAway();
  await clock.advance(400);
  hold.keyDown(true);
  hold.keyUp();
  expect(said).toEqual([true, false, true, false]);
  await clock.advance(10_000);
  expect(said).toHaveLength(4);
});

test("when the window is left everything is let go, and a repetition opens nothing", async () => {
  const { clock, said, hold } = create();
  hold.keyDown(false);
  hold.press();
  hold.letGo();
  expect(said).toEqual([true, false]);
  hold.keyDown(true);
  await clock.advance(1_000);
  expect(said).toEqual([true, false]);
});

test("the button and the key are one voice: it ends with the last of them", () => {
  const { said, hold } = create();
  hold.press();
  hold.keyDown(false);
  hold.release();
  expect(said).toEqual([true]);
  hold.keyUp();
  expect(said).toEqual([true, false]);
});

test("a button that is held while the keyboard goes away is let go", () => {
  const { said, hold } = create();
  hold.press();
  hold.keyboardAway();
  expect(said).toEqual([true, false]);
});
