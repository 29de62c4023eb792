import { expect, test } from "vitest";

import { textMessageSchema } from "../protocol/peer.ts";
import { createTextLog } from "./text-log.ts";

type Message = Parameters<Parameters<typeof createTextLog>[0]["send"]>[0];

/** Two ends of a line that can be cut. */
function twoEnds() {
  const line = { open: true };
  const sent: Message[] = [];
  let right: ReturnType<typeof createTextLog>;
  const make = (other: () => { hear(message: Message): void }) =>
    createTextLog({
      send: async (message) => {
        if (!line.open) throw new Error("closed");
        sent.push(message);
        other().hear(message);
      },
      wall: () => 7,
      changed: () => undefined,
    });
  const left = make(() => right);
  right = make(() => left);
  return { left, right, line, sent };
}

const wordsOf = (log: ReturnType<typeof createTextLog>) =>
  log.entries.map(({ from, words, state }) => [from, words, state]);

test("[A8] what one end says, the other has, and both know it", () => {
  const { left, right } = twoEnds();
  left.say("Bonjour");
  expect(wordsOf(left)).toEqual([["me", "Bonjour", "received"]]);
  expect(wordsOf(right)).toEqual([["other", "Bonjour", "received"]]);
});

test("[A8] what was said in a break goes again after it, once", () => {
  const { left, right, line } = twoEnds();
  line.open = false;
  left.say("Êtes-vous là ?");
  expect(wordsOf(left)).toEqual([["me", "Êtes-vous là ?", "sending"]]);
  expect(right.entries).toEqual([]);
  line.open = true;
  left.linkOpened();
  left.linkOpened();
  expect(wordsOf(left)).toEqual([["me", "Êtes-vous là ?", "received"]]);
  expect(wordsOf(right)).toEqual([["other", "Êtes-vous là ?", "received"]]);
});

test("[A8] a message that comes twice is shown once and acknowledged twice", () => {
  const { left, right, sent } = twoEnds();
  left.say("Oui");
  const [message] = sent;
  if (message) right.hear(message);
  expect(right.entries).toHaveLength(1);
  expect(sent.filter(({ type }) => type === "text.received")).toHaveLength(2);
});

test("[A8] an acknowledgement of the other's own message changes nothing", () => {
  const { left, right, sent } = twoEnds();
  left.say("Oui");
  const [message] = sent;
  if (message) left.hear({ type: "text.received", text: "A".repeat(22) });
  expect(wordsOf(left)).toEqual([["me", "Oui", "received"]]);
  expect(wordsOf(right)).toEqual([["other", "Oui", "received"]]);
});

test("[A8] 200 messages are kept, the newest", () => {
  const { left } = twoEnds();
  for (let at = 0; at < 205; at += 1) left.say(`${at}`);
  expect(left.entries).toHaveLength(200);
  expect(left.entries[0]?.words).toBe("5");
});

test.each([
  ["", false],
  ["   ", false],
  ["Cliquez sur « Suite »", true],
  ["Une ligne\nune autre", true],
  ["a".repeat(500), true],
  ["a".repeat(501), false],
  ["a\u202eb", false],
  ["a\u0000b", false],
  ["a\tb", false],
])("[A8] %j is a text message: %s", (words, good) => {
  expect(textMessageSchema.safeParse(words).success).toBe(good);
});
