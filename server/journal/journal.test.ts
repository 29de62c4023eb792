import { desc } from "drizzle-orm";
import { describe, expect, test } from "vitest";

import { createDeviceKey } from "../../shared/crypto/device-key.ts";
import { findFault } from "../../shared/journal/chain.ts";
import { headOf, type JournalRow } from "../../shared/journal/row.ts";
import { type SignedHead, signHead } from "../../shared/journal/signed-head.ts";
import { CLOSE } from "../../shared/protocol/close-codes.ts";
import { JOURNAL_ASKS, MAX_CONTROL_BYTES } from "../../shared/protocol/limits.ts";
import { hostSchema } from "../../shared/sites.ts";
import { attempts, journalHeads } from "../db/schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { connect, createBeneficiary } from "../relay/testing/device.ts";
import { createPair, goLive, rowsOf, signGrant, type TestPair } from "../relay/testing/people.ts";
import type { TestServer } from "../relay/testing/server.ts";
import { codeOf, codesOf, useServer } from "../relay/testing/suite.ts";
import { readOwnJournal } from "./read-journal.ts";

const CONTACT = "aide@epaule.example";

async function signedHead(server: TestServer, pair: TestPair, at = -1): Promise<SignedHead> {
  const row = (await rowsOf(server, pair)).at(at);
  if (!row) throw new Error("no row");
  return await signHead(pair.beneficiary.key, headOf(row));
}

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`a journal on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useServer(kind, { contact: CONTACT });

    describe("is read", () => {
      test("[J4] by its device, whole, with whom to write to", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        await goLive(pair);
        const rows = await rowsOf(server, pair);
        const read = await pair.beneficiarySocket.request("journal.read", { after: 0 });
        expect(read.rows).toEqual(rows);
        expect(read.rows.map(({ type }) => type)).toEqual([
          "pairing.made",
          "grant.given",
          "receipt.issued",
          "session.requested",
          "session.answered",
        ]);
        expect(read.head).toEqual(headOf(rows[4] ?? fail()));
        expect(read.contact).toBe(CONTACT);
        expect(await findFault(pair.beneficiary.id, undefined, read.rows)).toBeUndefined();
        const later = await pair.beneficiarySocket.request("journal.read", { after: 3 });
        expect(later.rows).toEqual(rows.slice(3));
      });

      test("[J4] by no other device: to a stranger it is empty, and a helper may not ask", async () => {
        const { server } = suite;
        const [pair, other] = [await createPair(server), await createPair(server)];
        const read = await other.beneficiarySocket.request("journal.read", { after: 0 });
        expect(read.rows.map(({ refs }) => refs)).toMatchObject([{ pairing: other.pairing }]);
        const stranger = await connect(server, await createBeneficiary());
        expect(await stranger.request("journal.read", { after: 0 })).toMatchObject({
          rows: [],
          head: null,
        });
        pair.helperSocket.request("journal.read", { after: 0 }).catch(() => undefined);
        expect(await pair.helperSocket.closed).toBe(CLOSE.BAD_MESSAGE);
      });

      test("[J4] after its last pairing has ended", async () => {
        const { server } = suite;
        const { beneficiarySocket, pairing } = await createPair(server);
        await beneficiarySocket.request("pairing.end", { pairing, block: true });
        const { rows } = await beneficiarySocket.request("journal.read", { after: 0 });
        expect(rows.map(({ type }) => type)).toEqual(["pairing.made", "pairing.ended"]);
      });

      test("[J4] in as many answers as it takes, none above the bound of a message", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const long = Array.from({ length: 10 }, (_, at) =>
          hostSchema.parse(`${`${"a".repeat(63)}.`.repeat(3)}n${at}.example.fr`),
        );
        for (let times = 0; times < 5; times += 1) {
          const { session, grant } = await signGrant(pair, { hosts: long });
          const { pairing } = pair;
          await pair.beneficiarySocket.request("session.request", { pairing, grant });
          await pair.beneficiarySocket.request("session.end", { session, reason: "cancelled" });
        }
        const read: JournalRow[] = [];
        let answers = 0;
        for (;;) {
          const after = read.length;
          const page = await readOwnJournal(server.context, pair.beneficiary.id, after);
          expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(MAX_CONTROL_BYTES - 128);
          answers += 1;
          read.push(...page.rows);
          if (page.head === null || read.length >= page.head.seq) break;
          expect(page.rows.length).toBeGreaterThan(0);
        }
        expect(answers).toBeGreaterThan(1);
        expect(read).toEqual(await rowsOf(server, pair));
      });

      test("[J4] 600 times in 10 minutes", async () => {
        const { server } = suite;
        const { db } = server.context;
        const { id } = (await createPair(server)).beneficiary;
        await readOwnJournal(server.context, id, 0);
        const [asked] = await db.select().from(attempts).orderBy(desc(attempts.id)).limit(1);
        if (!asked) throw new Error("not counted");
        const { key, at } = asked;
        await db
          .insert(attempts)
          .values(Array.from({ length: JOURNAL_ASKS - 2 }, () => ({ key, at })));
        const codes = [];
        for (let times = 0; times < 2; times += 1)
          codes.push(await codeOf(readOwnJournal(server.context, id, 0)));
        expect(codes).toEqual(["done", "TOO_MANY"]);
        const before = await db.select().from(attempts);
        await readOwnJournal(server.context, (await createBeneficiary()).id, 0);
        expect(await db.select().from(attempts)).toEqual(before);
      });
    });

    describe("is signed", () => {
      test("[J5] by its device, at any of its rows; twice is once", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        await goLive(pair);
        const { beneficiarySocket } = pair;
        const [last, first] = [await signedHead(server, pair), await signedHead(server, pair, 0)];
        await beneficiarySocket.request("journal.sign", { head: last });
        await beneficiarySocket.request("journal.sign", { head: first });
        const again = await signedHead(server, pair);
        await beneficiarySocket.request("journal.sign", { head: again });
        const stored = (await server.context.db.select().from(journalHeads)).filter(
          ({ stream }) => stream === pair.beneficiary.id,
        );
        expect(stored).toHaveLength(2);
        expect(stored).toContainEqual({
          stream: pair.beneficiary.id,
          publicKey: pair.beneficiary.key.publicKey,
          ...last,
          at: new Date(last.at),
        });
      });

      test("[J5] by nobody else, and only as it stands", async () => {
        const { server } = suite;
        const [pair, other] = [await createPair(server), await createPair(server)];
        const head = await signedHead(server, pair);
        const stranger = await signHead(await createDeviceKey(), head);
        const { signature: _, ...plain } = head;
        const wrong = async (change: object) =>
          await signHead(pair.beneficiary.key, { ...plain, ...change });
        const sign = (signed: SignedHead) =>
          pair.beneficiarySocket.request("journal.sign", { head: signed });
        const unlike = [
          await wrong({ seq: 2 }),
          await wrong({ hash: "A".repeat(43) }),
          await wrong({ at: "2026-01-01T00:00:00.000Z" }),
          await wrong({ at: head.at.replace("Z", "999Z") }),
        ];
        expect(
          await codesOf(
            sign(stranger),
            sign({ ...head, seq: 2 }),
            other.beneficiarySocket.request("journal.sign", { head }),
            ...unlike.map(sign),
          ),
        ).toEqual(["FORGED", "FORGED", "FORGED", ...Array.from({ length: 4 }, () => "NOT_FOUND")]);
        const stored = await server.context.db.select().from(journalHeads);
        expect(stored.map(({ stream }) => stream)).not.toContain(pair.beneficiary.id);
      });
    });

    describe("is contested", () => {
      test("[J7] a row, once, by a row of its own without words", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const { beneficiarySocket } = pair;
        await beneficiarySocket.request("journal.contest", { row: 1 });
        expect(await codeOf(beneficiarySocket.request("journal.contest", { row: 1 }))).toBe(
          "CONFLICT",
        );
        const rows = await rowsOf(server, pair);
        expect(rows).toHaveLength(2);
        expect(rows[1]).toMatchObject({
          type: "journal.contested",
          actorRole: "beneficiary",
          refs: {},
          data: { row: 1 },
        });
        expect(await findFault(pair.beneficiary.id, undefined, rows)).toBeUndefined();
        expect(await codeOf(beneficiarySocket.request("journal.contest", { row: 2 }))).toBe(
          "CONFLICT",
        );
      });

      test("[J7] once, also when it is asked twice at the same time", async () => {
        const { server } = suite;
        const pair = await createPair(server);
        const again = await connect(server, pair.beneficiary);
        const codes = await codesOf(
          pair.beneficiarySocket.request("journal.contest", { row: 1 }),
          again.request("journal.contest", { row: 1 }),
        );
        expect(codes.toSorted()).toEqual(["CONFLICT", "done"]);
        expect(await rowsOf(server, pair)).toHaveLength(2);
      });

      test("[C3] [J7] a row that is another's looks like one that is not there", async () => {
        const { server } = suite;
        const [pair, other] = [await createPair(server), await createPair(server)];
        await goLive(other);
        const stranger = await connect(server, await createBeneficiary());
        expect(
          await codesOf(
            pair.beneficiarySocket.request("journal.contest", { row: 4 }),
            pair.beneficiarySocket.request("journal.contest", { row: 2_000_000_000 }),
            stranger.request("journal.contest", { row: 1 }),
          ),
        ).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
        expect(await rowsOf(server, other)).toHaveLength(5);
      });
    });
  });
}

function fail(): never {
  throw new Error("no such row");
}
