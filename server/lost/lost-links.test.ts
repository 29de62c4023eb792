import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { linkMac } from "../../shared/crypto/invite-link.ts";
import { findFault } from "../../shared/journal/chain.ts";
import {
  createLostCode,
  hashLostCode,
  LOST_PATH,
  type LostCode,
} from "../../shared/lost/lost-link.ts";
import { devices, grants, lostLinks, pairings } from "../db/schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { connect } from "../relay/testing/device.ts";
import {
  callRoute,
  createHelper,
  createPair,
  invite,
  requestAt,
  rowsOf,
  signGrant,
  type TestPair,
  typesOf,
} from "../relay/testing/people.ts";
import type { TestServer } from "../relay/testing/server.ts";
import { codeOf, useServer } from "../relay/testing/suite.ts";

let callers = 0;
/** Somebody else each time, so that no test spends another's limit. */
const anyone = (): string => `198.51.100.${(callers += 1)}`;

async function visit(
  server: TestServer,
  code: string,
  method: "GET" | "POST" | "HEAD",
  { address = anyone(), language = "fr" } = {},
) {
  const answer = await requestAt(server, `${LOST_PATH}${code}`, {
    method,
    headers: {
      "x-forwarded-for": address,
      "accept-language": language,
      // As a browser sends a form from a page that gives no referrer.
      ...(method === "POST" ? { origin: "null" } : {}),
    },
  });
  return { status: answer.status, headers: answer.headers, page: await answer.text() };
}

/** Asks for help with the hash of the link, as the extension does. */
async function askWith(pair: TestPair, code: LostCode) {
  const { session, grant } = await signGrant(pair);
  const { pairing, beneficiarySocket } = pair;
  const lost = await hashLostCode(code);
  await beneficiarySocket.request("session.request", { pairing, grant, lost });
  return session;
}

async function liveWith(pair: TestPair, code: LostCode) {
  const session = await askWith(pair, code);
  await pair.helperSocket.request("session.answer", { session });
  await pair.beneficiarySocket.next("session.answered");
  await pair.beneficiarySocket.request("relay.join", { session });
  await pair.helperSocket.request("relay.join", { session });
  return session;
}

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`the lost link on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useServer(kind, { timings: { sweepMs: 50 }, proxies: "127.0.0.1" });

    test("[E5] within a second it ends session, grant and pairing, and the key proves nothing", async () => {
      const { server } = suite;
      const { db } = server.context;
      const pair = await createPair(server);
      const other = await connect(server, pair.helper);
      const code = createLostCode();
      const session = await liveWith(pair, code);
      const idle = await connect(server, pair.beneficiary);
      const began = performance.now();
      const { status, page } = await visit(server, code, "POST");
      expect(status).toBe(200);
      expect(page).toContain("Tout est arrêté");
      expect(await pair.helperSocket.closed).toBe(4410);
      expect(await pair.beneficiarySocket.closed).toBe(4410);
      expect(await idle.closed).toBe(4411);
      expect(performance.now() - began).toBeLessThan(1_000);
      expect(await other.next("session.over")).toMatchObject({ session, reason: "pairing-ended" });
      expect(await other.next("pairing.changed")).toMatchObject({ pairing: pair.pairing });

      const { pairings: list } = await callRoute(server, pair.helper.cookie, "GET /api/pairings");
      expect(list).toMatchObject([{ pairing: pair.pairing, state: "ended" }]);
      const [grant] = await db.select().from(grants).where(eq(grants.pairing, pair.pairing));
      expect(grant?.endedAt).not.toBeNull();
      await expect(connect(server, pair.beneficiary)).rejects.toThrow(/never came/);

      const rows = await rowsOf(server, pair);
      expect(rows.map(({ type }) => type).slice(-3)).toEqual([
        "session.ended",
        "pairing.ended",
        "device.retired",
      ]);
      expect(rows.at(-1)).toMatchObject({ actorRole: "beneficiary", refs: {}, data: {} });
      expect(await findFault(pair.beneficiary.id, undefined, rows)).toBeUndefined();
    });

    test("[E5] every helper of the device is told, and a ring stops as well", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const second = await createHelper(server, "Paul");
      const secondSocket = await connect(server, second);
      const { invitation } = await invite(server, second);
      const mac = await linkMac("A".repeat(22), {
        invitation,
        beneficiaryKey: pair.beneficiary.key.publicKey,
        helperKey: second.key.publicKey,
      });
      await pair.beneficiarySocket.request("pairing.redeem", { invitation, mac });
      await secondSocket.next("pairing.changed");
      const code = createLostCode();
      await askWith(pair, code);
      await visit(server, code, "POST");
      expect(await pair.helperSocket.next("ring.over")).toMatchObject({ reason: "cancelled" });
      await pair.helperSocket.next("pairing.changed");
      await secondSocket.next("pairing.changed");
      const ended = (await typesOf(server, pair)).filter((type) => type === "pairing.ended");
      expect(ended).toHaveLength(2);
    });

    test("[E5] looking at the page changes nothing, has no script, and is the same for every address", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const code = createLostCode();
      await liveWith(pair, code);
      const seen = await visit(server, code, "GET");
      expect(seen.status).toBe(200);
      expect(seen.page).not.toMatch(/<script|https?:|src=/);
      const policy = seen.headers.get("content-security-policy");
      expect(policy).toContain("script-src 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(seen.headers.get("referrer-policy")).toBe("no-referrer");
      expect(seen.headers.get("cache-control")).toBe("no-store");
      for (const wrong of [createLostCode(), "x", "%3Cscript%3E"]) {
        const same = await visit(server, wrong, "GET");
        expect([same.status, same.page]).toEqual([seen.status, seen.page]);
      }
      expect((await visit(server, code, "HEAD")).status).toBe(200);
      expect((await visit(server, code, "GET", { language: "en-GB" })).page).toContain(
        "Stop everything now",
      );
      const { current } = await pair.helperSocket.request("session.current", {});
      expect(current).toMatchObject({ state: "live" });
      await visit(server, code, "POST");
    });

    test("[E6] wrong, used and no code at all get one answer", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const [code, later] = [createLostCode(), createLostCode()];
      await askWith(pair, code);
      const [row] = await server.context.db
        .select({ createdAt: devices.createdAt })
        .from(devices)
        .where(eq(devices.id, pair.beneficiary.id));
      const createdAt = row?.createdAt ?? new Date();
      const hash = await hashLostCode(later);
      await server.context.db
        .insert(lostLinks)
        .values({ hash, device: pair.beneficiary.id, createdAt });
      // As somebody types it from paper.
      expect((await visit(server, code.toLowerCase(), "POST")).status).toBe(200);
      const used = await visit(server, code, "POST");
      expect(used.status).toBe(404);
      for (const wrong of [createLostCode(), later, "x", "A".repeat(500)]) {
        const same = await visit(server, wrong, "POST");
        expect([same.status, same.page]).toEqual([used.status, used.page]);
        expect([...same.headers.keys()]).toEqual([...used.headers.keys()]);
      }
      const types = await typesOf(server, pair);
      expect(types.filter((type) => type === "device.retired")).toHaveLength(1);
    });

    test("[E6] of two at once one acts", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const code = createLostCode();
      await askWith(pair, code);
      const both = await Promise.all([visit(server, code, "POST"), visit(server, code, "POST")]);
      expect(both.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([
        200, 404,
      ]);
    });

    test("[E6] an address has ten tries in ten minutes, right or wrong", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      const code = createLostCode();
      await askWith(pair, code);
      const address = anyone();
      for (let tries = 0; tries < 10; tries += 1)
        expect((await visit(server, createLostCode(), "POST", { address })).status).toBe(404);
      const limited = await visit(server, code, "POST", { address });
      expect(limited.status).toBe(429);
      expect(limited.page).toContain("Trop d’essais");
      server.clock.advance(600_000);
      expect((await visit(server, code, "POST", { address })).status).toBe(200);
    });

    test("[E5] the server holds a hash; a later one does not take the place of what is on paper", async () => {
      const { server } = suite;
      const { db } = server.context;
      const pair = await createPair(server);
      const code = createLostCode();
      const end = async (session: Awaited<ReturnType<typeof askWith>>) =>
        await pair.beneficiarySocket.request("session.end", { session, reason: "cancelled" });
      await end(await askWith(pair, code));
      await end(await askWith(pair, code));
      const own = eq(lostLinks.device, pair.beneficiary.id);
      const [only, ...more] = await db.select().from(lostLinks).where(own);
      expect(more).toEqual([]);
      expect(JSON.stringify(only)).not.toContain(code);
      for (let links = 1; links < 4; links += 1) {
        await db.insert(lostLinks).values({
          hash: await hashLostCode(createLostCode()),
          device: pair.beneficiary.id,
          createdAt: new Date(),
        });
      }
      expect(await codeOf(askWith(pair, createLostCode()))).toBe("CONFLICT");
      expect((await visit(server, code, "POST")).status).toBe(200);
    });

    test("[E5] a lost device cannot pair again, on a socket that is still open or by a new proof", async () => {
      const { server } = suite;
      const { db } = server.context;
      const pair = await createPair(server);
      await db.update(pairings).set({ state: "ended" }).where(eq(pairings.id, pair.pairing));
      await db
        .update(devices)
        .set({ retiredAt: new Date() })
        .where(eq(devices.id, pair.beneficiary.id));
      const { invitation } = await invite(server, pair.helper);
      const mac = await linkMac("A".repeat(22), {
        invitation,
        beneficiaryKey: pair.beneficiary.key.publicKey,
        helperKey: pair.helper.key.publicKey,
      });
      expect(
        await codeOf(pair.beneficiarySocket.request("pairing.redeem", { invitation, mac })),
      ).toBe("NOT_FOUND");
      await expect(connect(server, pair.beneficiary)).rejects.toThrow(/never came/);
    });
  });

  describe.skipIf(kind.missing)(`a lost word on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useServer(kind, { timings: { heartbeatMs: 100, sweepMs: 50 } });

    test("[E5] where the bus loses the word, the next heartbeat closes the socket", async () => {
      const { server } = suite;
      const pair = await createPair(server);
      await server.context.db
        .update(devices)
        .set({ retiredAt: new Date() })
        .where(eq(devices.id, pair.beneficiary.id));
      expect(await pair.beneficiarySocket.closed).toBe(4411);
    });
  });
}
