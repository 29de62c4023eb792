import { expect, test } from "vitest";

import { createFakeClock } from "../client/testing/fake-clock.ts";
import type { VoiceStatus } from "../protocol/peer.ts";
import { createStatusTeller } from "./status-teller.ts";

const STATUS: VoiceStatus = {
  type: "voice.status",
  state: "on",
  microphone: "open",
  hears: false,
  line: "good",
};

function create() {
  const clock = createFakeClock();
  const said: VoiceStatus[] = [];
  return {
    clock,
    said,
    teller: createStatusTeller({ clock, send: (status) => said.push(status) }),
  };
}

test("[A7] a change is said at once, and what is unchanged is not said again", async () => {
  const { clock, said, teller } = create();
  teller.tell(STATUS);
  teller.tell({ ...STATUS });
  await clock.advance(5_000);
  teller.tell({ ...STATUS });
  expect(said).toEqual([STATUS]);
});

test("[A7] at most once a second, and the last word is always said", async () => {
  const { clock, said, teller } = create();
  for (const hears of [true, false, true, false, true]) teller.tell({ ...STATUS, hears });
  expect(said).toEqual([{ ...STATUS, hears: true }]);
  teller.tell({ ...STATUS, hears: false });
  await clock.advance(999);
  expect(said).toHaveLength(1);
  await clock.advance(1);
  expect(said.at(-1)).toEqual(STATUS);
});

test("[A7] after an opening of the link it is said again, unchanged", async () => {
  const { clock, said, teller } = create();
  teller.tell(STATUS);
  await clock.advance(1_000);
  teller.again();
  expect(said).toEqual([STATUS, STATUS]);
});

test("[A7] after the end nothing more is said", async () => {
  const { clock, said, teller } = create();
  teller.tell(STATUS);
  teller.tell({ ...STATUS, hears: true });
  teller.stop();
  await clock.advance(5_000);
  expect(said).toEqual([STATUS]);
});

const OFF: VoiceStatus = { ...STATUS, state: "off", microphone: "unasked" };

test("[A7] a voice that is about to begin is not said to be off; one that stays off is", async () => {
  const { clock, said, teller } = create();
  teller.tell(OFF);
  teller.again();
  await clock.advance(2_000);
  teller.tell(STATUS);
  await clock.advance(5_000);
  expect(said).toEqual([STATUS]);
  teller.tell(OFF);
  await clock.advance(2_999);
  expect(said).toEqual([STATUS]);
  await clock.advance(1);
  expect(said).toEqual([STATUS, OFF]);
});

test("[A7] a link that opens while the voice begins anew hears nothing of what it was before", async () => {
  const { clock, said, teller } = create();
  teller.tell(STATUS);
  await clock.advance(1_000);
  teller.tell(OFF);
  teller.again();
  teller.tell({ ...STATUS, state: "joining" });
  expect(said).toEqual([STATUS, { ...STATUS, state: "joining" }]);
});

test("[A7] after the end nothing is said of a voice that is off", async () => {
  const { clock, said, teller } = create();
  teller.tell(OFF);
  teller.stop();
  await clock.advance(5_000);
  expect(said).toEqual([]);
});
