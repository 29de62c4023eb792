import { randomBytes } from "node:crypto";

import { createNonce, createSessionId } from "../shared/ids.ts";
import { CLOSE } from "../shared/protocol/close-codes.ts";
import { DIRECTION, encodeFrame } from "../shared/protocol/frame.ts";
import { MAX_FRAME_BYTES } from "../shared/protocol/limits.ts";
import { hostSchema } from "../shared/sites.ts";
import { connectRaw, type RawClient } from "./driver/raw-client.ts";
import { liveRaw, pairRaw, signGrant } from "./driver/raw-session.ts";
import { expect, test } from "./fixtures.ts";

const HEADER = { epoch: 7, sequence: 3 };

function frameOf(bytes: number, direction: 0 | 1 = DIRECTION.TO_HELPER): Uint8Array {
  return encodeFrame({ ...HEADER, direction }, randomBytes(bytes));
}

async function reconnect(serverUrl: string, client: RawClient): Promise<RawClient> {
  const again = await connectRaw(serverUrl, { key: client.key });
  await again.prove();
  return again;
}

test("[R2] a frame arrives as it was sent, unread and in order", async ({ world }) => {
  const pair = await pairRaw(world);
  await liveRaw(pair);
  const sent = Array.from({ length: 40 }, (_, index) => frameOf(1 + index * 911));
  for (const frame of sent) pair.beneficiary.send(frame);
  await expect.poll(() => pair.helper.frames.length).toBe(sent.length);
  expect(pair.helper.frames.map((frame) => frame.toString("hex"))).toEqual(
    sent.map((frame) => Buffer.from(frame).toString("hex")),
  );
});

test("[R2] a frame in the other one's direction closes the socket", async ({ world }) => {
  const pair = await pairRaw(world);
  await liveRaw(pair);
  pair.helper.send(frameOf(100, DIRECTION.TO_HELPER));
  expect(await pair.helper.closed).toBe(CLOSE.BAD_MESSAGE);
});

test("[R4] a frame above 64 KiB closes the socket, one of 64 KiB does not", async ({ world }) => {
  const pair = await pairRaw(world);
  await liveRaw(pair);
  pair.beneficiary.send(frameOf(MAX_FRAME_BYTES - 14));
  await expect.poll(() => pair.helper.frames.length).toBe(1);
  pair.beneficiary.send(frameOf(MAX_FRAME_BYTES - 13));
  expect([CLOSE.TOO_LARGE, 1009]).toContain(await pair.beneficiary.closed);
});

test("[R2] a truncated frame closes the socket", async ({ world }) => {
  const pair = await pairRaw(world);
  await liveRaw(pair);
  pair.beneficiary.send(frameOf(20).slice(0, 9));
  expect(await pair.beneficiary.closed).toBe(CLOSE.BAD_MESSAGE);
});

test("[R5] a burst past 16 MiB closes the socket", async ({ world }) => {
  const pair = await pairRaw(world);
  await liveRaw(pair);
  const frame = frameOf(MAX_FRAME_BYTES - 14);
  for (let sent = 0; sent < 20 * 1024 * 1024; sent += frame.length) pair.beneficiary.send(frame);
  expect(await pair.beneficiary.closed).toBe(CLOSE.TOO_MANY);
});

test("[R1] a newer socket of one end takes its place", async ({ world }) => {
  const pair = await pairRaw(world);
  const session = await liveRaw(pair);
  const newer = await reconnect(world.serverUrl, pair.beneficiary);
  expect((await newer.ask({ type: "relay.join", session })).type).toBe("done");
  expect(await pair.beneficiary.closed).toBe(CLOSE.REPLACED);
  newer.send(frameOf(64));
  await expect.poll(() => pair.helper.frames.length).toBe(1);
});

test("[R1] a stranger who knows the session's identifier is told nothing", async ({ world }) => {
  const pair = await pairRaw(world);
  const session = await liveRaw(pair);
  const stranger = await connectRaw(world.serverUrl);
  await stranger.prove();
  const other = await pairRaw(world);
  for (const client of [stranger, other.beneficiary, other.helper]) {
    for (const request of [
      { type: "relay.join", session },
      { type: "session.end", session, reason: client === other.helper ? "left" : "stopped" },
    ]) {
      expect(await client.ask(request)).toMatchObject({ type: "failed", code: "NOT_FOUND" });
    }
  }
  pair.beneficiary.send(frameOf(64));
  await expect.poll(() => pair.helper.frames.length).toBe(1);
});

test("[S6] stop reaches the helper in under a second, and both sockets are closed", async ({
  world,
}) => {
  const pair = await pairRaw(world);
  const session = await liveRaw(pair);
  const start = performance.now();
  pair.beneficiary.send(
    JSON.stringify({ id: 900, type: "session.end", session, reason: "stopped" }),
  );
  expect(await pair.helper.next("session.over")).toMatchObject({ session, reason: "stopped" });
  expect(performance.now() - start).toBeLessThan(1_000);
  expect(await pair.helper.closed).toBe(CLOSE.OVER);
  expect(await pair.beneficiary.closed).toBe(CLOSE.OVER);
});

test("[P6] ending the pairing ends its live session in under a second", async ({ world }) => {
  const pair = await pairRaw(world);
  await liveRaw(pair);
  const start = performance.now();
  pair.beneficiary.send(
    JSON.stringify({ id: 901, type: "pairing.end", pairing: pair.pairing, block: true }),
  );
  expect(await pair.helper.next("session.over")).toMatchObject({ reason: "pairing-ended" });
  expect(performance.now() - start).toBeLessThan(1_000);
});

test("[G1] a grant that was changed, belongs to another device or names another helper is refused", async ({
  world,
}) => {
  const pair = await pairRaw(world);
  const other = await pairRaw(world);
  const session = createSessionId();
  const good = await signGrant(pair, session);
  const longer = await signGrant(pair, session, { hosts: [hostSchema.parse("www.autre.example")] });
  const attempts = [
    { grant: { ...good, signature: longer.signature }, code: "FORGED" },
    { grant: await signGrant(pair, session, { helper: other.account.key.id }), code: /./ },
    { grant: await signGrant(other, session), code: /./ },
  ];
  for (const { grant, code } of attempts) {
    const answer = await pair.beneficiary.ask({
      type: "session.request",
      pairing: pair.pairing,
      grant,
    });
    expect(answer.type).toBe("failed");
    expect(answer).toMatchObject({ code: expect.stringMatching(code) });
  }
  expect(pair.helper.messages.some((message) => message.type === "ring")).toBe(false);
});

test("[G4] a nonce is good once", async ({ world }) => {
  const pair = await pairRaw(world);
  const { beneficiary, pairing } = pair;
  const first = createSessionId();
  const grant = await signGrant(pair, first);
  expect((await beneficiary.ask({ type: "session.request", pairing, grant })).type).toBe("done");
  await beneficiary.ask({ type: "session.end", session: first, reason: "cancelled" });
  const again = await reconnect(world.serverUrl, beneficiary);
  expect((await again.ask({ type: "session.request", pairing, grant })).type).toBe("failed");
});

test("[S2] one ring at a time, and five in ten minutes", async ({ world }) => {
  const pair = await pairRaw(world);
  const codes: string[] = [];
  for (let ring = 0; ring < 6; ring += 1) {
    const session = createSessionId();
    const grant = await signGrant(pair, session);
    const answer = await pair.beneficiary.ask({
      type: "session.request",
      pairing: pair.pairing,
      grant,
    });
    codes.push(answer.type === "failed" ? answer.code : answer.type);
    if (answer.type !== "done") continue;
    const second = await signGrant(pair, createSessionId());
    expect(
      await pair.beneficiary.ask({
        type: "session.request",
        pairing: pair.pairing,
        grant: second,
      }),
    ).toMatchObject({ type: "failed" });
    await pair.helper.ask({ type: "session.decline", session });
  }
  expect(codes.at(-1)).toBe("TOO_MANY");
  expect(codes.filter((code) => code === "done").length).toBeGreaterThan(0);
});

test("[P1] an invitation is good for one pairing", async ({ world }) => {
  const { invitation } = await pairRaw(world);
  const late = await connectRaw(world.serverUrl);
  await late.prove();
  for (const request of [
    { type: "invitation.open", invitation },
    { type: "pairing.redeem", invitation, mac: createNonce() },
  ]) {
    expect(await late.ask(request)).toMatchObject({ type: "failed", code: "NOT_FOUND" });
  }
});
