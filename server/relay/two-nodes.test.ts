import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { commitTo } from "../../shared/crypto/spoken-pairing.ts";
import { createNonce } from "../../shared/ids.ts";
import { openRedisNodes, whyNoRedis } from "../bus/testing.ts";
import type { OpenDatabase } from "../db/client.ts";
import { openPostgres } from "../db/client.ts";
import { testDatabases } from "../db/testing.ts";
import { connect, createBeneficiary } from "./testing/device.ts";
import {
  callRoute,
  createHelper,
  createPair,
  frame,
  invite,
  ring,
  signOut,
} from "./testing/people.ts";
import { startTestServer, type TestServer } from "./testing/server.ts";

const postgres = (await testDatabases()).find(({ name }) => name === "PostgreSQL");
const missing = postgres?.missing ?? (await whyNoRedis());

describe.skipIf(missing)(`two nodes on one PostgreSQL and one Redis ${missing ?? ""}`, () => {
  let opened: OpenDatabase & { url: string | undefined };
  let otherPool: OpenDatabase;
  let first: TestServer;
  let second: TestServer;

  beforeAll(async () => {
    if (!postgres) throw new Error("no PostgreSQL");
    opened = await postgres.open();
    otherPool = await openPostgres(opened.url ?? "");
    const [here, there] = await openRedisNodes();
    const publicUrl = "http://epaule.test";
    first = await startTestServer(opened.db, { bus: here, publicUrl });
    const { clock } = first;
    second = await startTestServer(otherPool.db, { bus: there, publicUrl, clock });
  });
  afterAll(async () => {
    await Promise.all([first.drain(), second.drain()]);
    await Promise.all([first.context.bus.close(), second.context.bus.close()]);
    await otherPool.close();
    await opened.close();
  });

  /** The helper is on the first node, the beneficiary on the second. */
  async function goLiveAcross() {
    const pair = await createPair(first, second);
    const session = await ring(pair);
    await pair.helperSocket.next("ring");
    const answered = await pair.helperSocket.request("session.answer", { session });
    expect(answered).toMatchObject({ session, state: "live" });
    await pair.beneficiarySocket.next("session.answered");
    await pair.beneficiarySocket.request("relay.join", { session });
    expect(await pair.helperSocket.request("relay.join", { session })).toEqual({ peer: true });
    await pair.beneficiarySocket.next("relay.peer");
    return { pair, session };
  }

  test("[S2] [R2] a ring on one node is answered on the other, and frames cross", async () => {
    const { pair } = await goLiveAcross();
    const sent = Array.from({ length: 100 }, (_, at) => frame(0, `frame ${at}`));
    for (const one of sent) pair.beneficiarySocket.send(one);
    for (const one of sent)
      expect(Buffer.from(await pair.helperSocket.nextFrame())).toEqual(Buffer.from(one));
    pair.helperSocket.send(frame(1, "back"));
    await pair.beneficiarySocket.nextFrame();
  });

  test("[R3] a revocation on one node closes the socket of the other in under a second", async () => {
    const { pair, session } = await goLiveAcross();
    const started = performance.now();
    await pair.beneficiarySocket.request("session.end", { session, reason: "stopped" });
    expect(await pair.helperSocket.closed).toBe(4410);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await pair.beneficiarySocket.closed).toBe(4410);
  });

  test("[C5] signing out on one node closes the console's socket and session on the other in under a second", async () => {
    const { pair } = await goLiveAcross();
    const started = performance.now();
    await signOut(second, pair.helper.cookie);
    expect(await pair.helperSocket.closed).toBe(4401);
    expect(await pair.beneficiarySocket.next("session.over")).toMatchObject({ reason: "left" });
    expect(await pair.beneficiarySocket.closed).toBe(4410);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("[P6] a pairing ended on one node ends the session on both in under a second", async () => {
    const { pair } = await goLiveAcross();
    const started = performance.now();
    const { pairing } = pair;
    await callRoute(first, pair.helper.cookie, "POST /api/pairings/end", { pairing, block: true });
    expect(await pair.beneficiarySocket.closed).toBe(4410);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("[S2] two tabs on two nodes answer at once: one wins, the other is told elsewhere", async () => {
    const pair = await createPair(first, second);
    const tab = await connect(second, pair.helper);
    const session = await ring(pair);
    await Promise.all([pair.helperSocket.next("ring"), tab.next("ring")]);
    const answers = await Promise.allSettled([
      pair.helperSocket.request("session.answer", { session }),
      tab.request("session.answer", { session }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const loser = answers[0].status === "rejected" ? pair.helperSocket : tab;
    expect(await loser.next("ring.over")).toMatchObject({ reason: "elsewhere" });
  });

  test("[R1] a newer socket on the other node replaces the older, 4409", async () => {
    const { pair, session } = await goLiveAcross();
    const newer = await connect(second, pair.helper);
    await newer.request("relay.join", { session });
    expect(await pair.helperSocket.closed).toBe(4409);
    pair.beneficiarySocket.send(frame(0, "for the newer"));
    await newer.nextFrame();
  });

  test("[P4] a code is typed on one node and answered on the other", async () => {
    const helper = await createHelper(first);
    const helperSocket = await connect(first, helper);
    const { code } = await invite(first, helper);
    const beneficiary = await createBeneficiary();
    const socket = await connect(second, beneficiary);
    const [mine, theirs] = [createNonce(), createNonce()];
    const { attempt } = await socket.request("pairing.begin", {
      code,
      commitment: await commitTo("beneficiary", beneficiary.key.publicKey, mine),
    });
    await helperSocket.next("pairing.begun");
    await helperSocket.request("pairing.answer", {
      attempt,
      commitment: await commitTo("helper", helper.key.publicKey, theirs),
    });
    await socket.next("pairing.answered");
    await socket.request("pairing.reveal", {
      attempt,
      key: beneficiary.key.publicKey,
      nonce: mine,
    });
    await helperSocket.next("pairing.revealed");
    await helperSocket.request("pairing.reveal", {
      attempt,
      key: helper.key.publicKey,
      nonce: theirs,
    });
    await socket.next("pairing.revealed");
    await socket.request("pairing.confirm", { attempt });
    await helperSocket.request("pairing.confirm", { attempt });
    const { pairing } = await socket.next("pairing.made");
    expect(await helperSocket.next("pairing.made")).toMatchObject({ pairing });
  });

  test("[S2] a node that dies while it rings costs nothing: the other one ends the ring", async () => {
    const pair = await createPair(first, second);
    await ring(pair);
    await pair.helperSocket.next("ring");
    first.clock.advance(60_000);
    expect(await pair.helperSocket.next("ring.over")).toMatchObject({ reason: "missed" });
    expect(await pair.beneficiarySocket.next("session.over")).toMatchObject({ reason: "missed" });
  });
});
