import { expect, test } from "vitest";

import { type Bytes, encodeBase64url, utf8 } from "../bytes.ts";
import { createSessionId, grantIdSchema } from "../ids.ts";
import { DIRECTION, MAX_EPOCH } from "../protocol/frame.ts";
import { decodeFrame } from "../protocol/frame.ts";
import { createDeviceKey, type DeviceKey } from "./device-key.ts";
import {
  answerHello,
  answersHello,
  createHello,
  type LinkContext,
  openAnswer,
} from "./handshake.ts";
import { createOpener, createSealer } from "./sealed-stream.ts";

type Ends = { beneficiary: DeviceKey; helper: DeviceKey; link: LinkContext };

async function createEnds(): Promise<Ends> {
  const [beneficiary, helper] = [await createDeviceKey(), await createDeviceKey()];
  const grant = grantIdSchema.parse("A".repeat(43));
  const session = createSessionId();
  const link = { session, grant, beneficiary: beneficiary.id, helper: helper.id };
  return { beneficiary, helper, link };
}

const FORGED = { code: "FORGED" };

test("[L2] both ends come to the same two keys, one per direction", async () => {
  const { beneficiary, helper, link } = await createEnds();
  const hello = await createHello(helper, link, 0);
  const answer = await answerHello(beneficiary, helper.publicKey, link, hello.payload, 0);
  const opened = await openAnswer(hello, beneficiary.publicKey, link, answer.payload, 0);
  expect([answer.epoch, opened.epoch]).toEqual([1, 1]);
  for (const [direction, seal, open] of [
    [DIRECTION.TO_HELPER, answer.keys.seal, opened.keys.open],
    [DIRECTION.TO_BENEFICIARY, opened.keys.seal, answer.keys.open],
  ] as const) {
    const frame = await createSealer({ key: seal, direction, epoch: 1 }).seal(utf8("bonjour"));
    const opener = createOpener({ key: open, direction, epoch: 1 });
    expect(await opener.open(decodeFrame(frame))).toEqual(utf8("bonjour"));
  }
});

test("[L7] no key of the link can be exported", async () => {
  const { beneficiary, helper, link } = await createEnds();
  const hello = await createHello(helper, link, 0);
  expect(hello.kem.privateKey.extractable).toBe(false);
  const { keys } = await answerHello(beneficiary, helper.publicKey, link, hello.payload, 0);
  expect([keys.seal.extractable, keys.open.extractable]).toEqual([false, false]);
  expect([keys.seal.usages, keys.open.usages]).toEqual([["encrypt"], ["decrypt"]]);
});

test("[L2] every changed bit of a hello is refused, and so is every other length", async () => {
  const { beneficiary, helper, link } = await createEnds();
  const { payload } = await createHello(helper, link, 3);
  for (const changed of [...everyBitChanged(payload), ...everyOtherLength(payload)])
    await expect(
      answerHello(beneficiary, helper.publicKey, link, changed, 0),
    ).rejects.toMatchObject(FORGED);
});

test("[L2] every changed bit of an answer is refused, and so is every other length", async () => {
  const { beneficiary, helper, link } = await createEnds();
  const hello = await createHello(helper, link, 0);
  const { payload } = await answerHello(beneficiary, helper.publicKey, link, hello.payload, 0);
  for (const changed of [...everyBitChanged(payload), ...everyOtherLength(payload)])
    await expect(openAnswer(hello, beneficiary.publicKey, link, changed, 0)).rejects.toMatchObject(
      FORGED,
    );
});

test("[L2] a hello of another device, session, grant or pair of ends is refused", async () => {
  const { beneficiary, helper, link } = await createEnds();
  const stranger = await createDeviceKey();
  const hello = await createHello(helper, link, 0);
  const ofStranger = await createHello(stranger, link, 0);
  const answer = (key: string, context: LinkContext, payload: Bytes) =>
    answerHello(beneficiary, key, context, payload, 0);
  await expect(answer(helper.publicKey, link, ofStranger.payload)).rejects.toMatchObject(FORGED);
  await expect(answer(stranger.publicKey, link, hello.payload)).rejects.toMatchObject(FORGED);
  const others: LinkContext[] = [
    { ...link, session: createSessionId() },
    { ...link, grant: grantIdSchema.parse(`B${"A".repeat(42)}`) },
    { ...link, beneficiary: stranger.id },
    { ...link, helper: stranger.id },
    { ...link, beneficiary: link.helper, helper: link.beneficiary },
  ];
  for (const other of others)
    await expect(answer(helper.publicKey, other, hello.payload)).rejects.toMatchObject(FORGED);
});

test("[L2] an answer to another hello or of another device is refused", async () => {
  const { beneficiary, helper, link } = await createEnds();
  const stranger = await createDeviceKey();
  const [first, second] = [await createHello(helper, link, 0), await createHello(helper, link, 0)];
  const answer = await answerHello(beneficiary, helper.publicKey, link, first.payload, 0);
  expect(answersHello(answer.payload, first.hash)).toBe(true);
  expect(answersHello(answer.payload, second.hash)).toBe(false);
  await expect(
    openAnswer(second, beneficiary.publicKey, link, answer.payload, 0),
  ).rejects.toMatchObject(FORGED);
  await expect(
    openAnswer(first, stranger.publicKey, link, answer.payload, 0),
  ).rejects.toMatchObject(FORGED);
  const ofStranger = await answerHello(stranger, helper.publicKey, link, first.payload, 0);
  await expect(
    openAnswer(first, beneficiary.publicKey, link, ofStranger.payload, 0),
  ).rejects.toMatchObject(FORGED);
});

test("[L4] the epoch only grows, whichever end has begun again", async () => {
  const { beneficiary, helper, link } = await createEnds();
  const answerTo = async (helperSaw: number, beneficiarySaw: number) => {
    const hello = await createHello(helper, link, helperSaw);
    const answer = await answerHello(
      beneficiary,
      helper.publicKey,
      link,
      hello.payload,
      beneficiarySaw,
    );
    return { hello, answer };
  };
  expect((await answerTo(0, 7)).answer.epoch).toBe(8);
  expect((await answerTo(7, 0)).answer.epoch).toBe(8);
  const { hello, answer } = await answerTo(0, 0);
  await expect(
    openAnswer(hello, beneficiary.publicKey, link, answer.payload, 1),
  ).rejects.toMatchObject(FORGED);
  await expect(answerTo(MAX_EPOCH, 0)).rejects.toMatchObject(FORGED);
});

test("[L2] no two hellos and no two answers are alike", async () => {
  const { beneficiary, helper, link } = await createEnds();
  const hello = await createHello(helper, link, 0);
  const again = await createHello(helper, link, 0);
  expect(encodeBase64url(hello.payload)).not.toBe(encodeBase64url(again.payload));
  const answer = () => answerHello(beneficiary, helper.publicKey, link, hello.payload, 0);
  const [one, two] = [await answer(), await answer()];
  expect(encodeBase64url(one.payload)).not.toBe(encodeBase64url(two.payload));
});

function* everyBitChanged(bytes: Bytes): Generator<Bytes> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = bytes.slice();
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    yield changed;
  }
}

function* everyOtherLength(bytes: Bytes): Generator<Bytes> {
  for (let length = 0; length < bytes.length; length += 1) yield bytes.slice(0, length);
  yield Uint8Array.of(...bytes, 0);
}
