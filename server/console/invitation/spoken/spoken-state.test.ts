import { expect, test } from "vitest";

import { createAttemptId, createInvitationId } from "../../../../shared/ids.ts";
import { noSpoken, reduceSpoken, type SpokenAction, type SpokenState } from "./spoken-state.ts";

const attempt = createAttemptId();
const begun: SpokenAction = {
  type: "begun",
  attempt,
  invitation: createInvitationId(),
  label: "Tante Rose",
};
const words: SpokenAction = { type: "words", attempt, words: ["citron", "valise"] };
const confirming: SpokenAction = { type: "confirming", attempt };
const confirmed: SpokenAction = { type: "confirmed", attempt };
const made: SpokenAction = { type: "made", attempt };
const run = (...actions: SpokenAction[]): SpokenState => actions.reduce(reduceSpoken, noSpoken);

test("[P4] a pairing by code goes through words and two confirmations", () => {
  expect(run(begun)).toMatchObject({ step: "preparing", label: "Tante Rose" });
  expect(run(begun, words)).toMatchObject({ step: "comparing", words: ["citron", "valise"] });
  expect(run(begun, words, confirming, confirmed)).toMatchObject({ step: "waiting" });
  expect(run(begun, words, confirming, confirmed, made)).toEqual({
    step: "made",
    label: "Tante Rose",
  });
});

test("[P4] a server that says « made » before this person said « same » is not believed", () => {
  expect(run(begun, words, made)).toMatchObject({ step: "failed" });
  expect(run(begun, made)).toMatchObject({ step: "failed" });
});

test("[P4] the other side may be the last or the first to confirm", () => {
  expect(run(begun, words, confirming, made, confirmed)).toMatchObject({ step: "made" });
});

test("[P4] a lost connection, a cancel and different words end it", () => {
  expect(run(begun, words, { type: "lost" })).toMatchObject({ step: "failed", why: "broken" });
  expect(run(begun, words, { type: "failed", attempt, why: "different" })).toMatchObject({
    step: "failed",
    why: "different",
  });
});

test("words about another attempt change nothing", () => {
  const other = createAttemptId();
  const before = run(begun, words);
  expect(reduceSpoken(before, { type: "failed", attempt: other, why: "broken" })).toBe(before);
  expect(reduceSpoken(before, { ...begun, attempt: other })).toBe(before);
});

test("only what is over can be closed", () => {
  const going = run(begun, words);
  expect(reduceSpoken(going, { type: "closed" })).toBe(going);
  expect(run(begun, { type: "lost" }, { type: "closed" })).toEqual(noSpoken);
  expect(run({ type: "lost" })).toEqual(noSpoken);
});
