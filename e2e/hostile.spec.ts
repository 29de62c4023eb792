import { randomBytes } from "node:crypto";

import { createNonce } from "../shared/ids.ts";
import { CLOSE } from "../shared/protocol/close-codes.ts";
import { MAX_CONTROL_BYTES, PROOF_MS } from "../shared/protocol/limits.ts";
import { connectRaw } from "./driver/raw-client.ts";
import { expect, test } from "./fixtures.ts";

/** Sixteen bytes as an identifier: nobody's. */
const guessedId = () => randomBytes(16).toString("base64url");

test("[C1] a socket that proves nothing is closed after five seconds", async ({ world }) => {
  const start = performance.now();
  const client = await connectRaw(world.serverUrl);
  expect(await client.closed).toBe(CLOSE.UNPROVED);
  expect(performance.now() - start).toBeGreaterThan(PROOF_MS - 500);
  expect(performance.now() - start).toBeLessThan(PROOF_MS + 2_000);
});

test("[C1] a word before the proof closes the socket", async ({ world }) => {
  const client = await connectRaw(world.serverUrl);
  client.send(JSON.stringify({ id: 1, type: "pairing.list" }));
  expect(await client.closed).toBe(CLOSE.UNPROVED);
});

test("[C1] a proof for another nonce, another origin or with no signature is refused", async ({
  world,
}) => {
  for (const change of [
    { nonce: createNonce() },
    { origin: "https://epaule.example" },
    { signature: randomBytes(64).toString("base64url") },
  ]) {
    const client = await connectRaw(world.serverUrl);
    client.prove(change).catch(() => undefined);
    expect(await client.closed).toBe(CLOSE.UNPROVED);
  }
});

test("[C5] a helper's socket without the sign-in cookie is refused", async ({ world }) => {
  const client = await connectRaw(world.serverUrl);
  client.prove({ role: "helper" }).catch(() => undefined);
  expect(await client.closed).toBe(CLOSE.UNPROVED);
});

test("[C2] what is not a message closes the socket, and so does a frame outside of a relay", async ({
  world,
}) => {
  for (const data of [
    "{",
    "null",
    JSON.stringify({ id: 1, type: "page.click" }),
    JSON.stringify({ id: 1, type: "pairing.list", extra: true }),
    randomBytes(32),
  ]) {
    const client = await connectRaw(world.serverUrl);
    expect((await client.prove()).type).toBe("done");
    client.send(data);
    expect(await client.closed).toBe(CLOSE.BAD_MESSAGE);
  }
});

test("[C2] a control message above 16 KiB closes the socket", async ({ world }) => {
  const client = await connectRaw(world.serverUrl);
  await client.prove();
  client.send(" ".repeat(MAX_CONTROL_BYTES + 1));
  expect([CLOSE.BAD_MESSAGE, CLOSE.TOO_LARGE, 1009]).toContain(await client.closed);
});

test("[C3] an unknown invitation, pairing or session gets one and the same answer", async ({
  world,
}) => {
  const client = await connectRaw(world.serverUrl);
  await client.prove();
  const answers = [
    await client.ask({ type: "invitation.open", invitation: guessedId() }),
    await client.ask({ type: "pairing.redeem", invitation: guessedId(), mac: createNonce() }),
    await client.ask({ type: "pairing.end", pairing: guessedId(), block: false }),
    await client.ask({ type: "relay.join", session: guessedId() }),
    await client.ask({ type: "call.leave", pairing: guessedId() }),
  ];
  for (const answer of answers) {
    expect(answer).toMatchObject({ type: "failed", code: "NOT_FOUND" });
    expect(Object.keys(answer).toSorted()).toEqual(["code", "re", "request", "type"]);
  }
  client.close();
});

test("[P4] at most five codes may be tried, wrong or right", async ({ world }) => {
  const client = await connectRaw(world.serverUrl);
  await client.prove();
  const codes: string[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const answer = await client.ask({
      type: "pairing.begin",
      code: String(10_000_000 + attempt),
      commitment: createNonce(),
    });
    codes.push(answer.type === "failed" ? answer.code : answer.type);
  }
  expect(codes.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => "NOT_FOUND"));
  expect(codes[5]).toBe("TOO_MANY");
  client.close();
});
