import { beforeEach, describe, expect, test } from "vitest";

import { createDeviceKey, type DeviceKey } from "../../shared/crypto/device-key.ts";
import { headOf, type JournalHead, type JournalRow } from "../../shared/journal/row.ts";
import { type SignedHead, verifyHead } from "../../shared/journal/signed-head.ts";
import { makeRows } from "../../shared/journal/testing.ts";
import { createFakeServer, type FakeServer, refused } from "../host/testing/fake-server.ts";
import { createJournalStore } from "../store/journal-store.ts";
import { createMemoryKeyValue, type KeyValue } from "../store/key-value.ts";
import { createJournalKeeper, type JournalKeeper } from "./journal-keeper.ts";

const PAGE = 2;

let key: DeviceKey;
let keyValue: KeyValue;
let server: FakeServer;
let rows: JournalRow[];
/** What the server says is the last row; as a rule, it is. */
let told: JournalHead | null | undefined;
let signed: SignedHead[];
let unsent: boolean;
let keeper: JournalKeeper;

function start(): JournalKeeper {
  return createJournalKeeper({
    store: createJournalStore(keyValue),
    key: () => Promise.resolve(key),
    use: () => Promise.resolve(server.socket),
    unsent: () => unsent,
    changed: () => undefined,
  });
}

beforeEach(async () => {
  key = await createDeviceKey();
  keyValue = createMemoryKeyValue();
  rows = await makeRows(key.id, [{}, {}, {}]);
  told = undefined;
  signed = [];
  unsent = false;
  server = createFakeServer({
    "journal.read": ({ after }: { after: number }) => {
      const last = rows.at(-1);
      const head = told === undefined ? last && headOf(last) : told;
      return {
        rows: rows.filter(({ seq }) => seq > after).slice(0, PAGE),
        head: head ?? null,
        contact: "aide@epaule.example",
      };
    },
    "journal.sign": ({ head }: { head: SignedHead }) => {
      signed.push(head);
      return {};
    },
  });
  keeper = start();
});

const over = () => keeper.sessionOver(Promise.resolve());
const kept = async () => (await createJournalStore(keyValue).load()).head?.seq;

async function grow(): Promise<void> {
  rows = await makeRows(key.id, [...rows, {}]);
}

describe("at a session's end", () => {
  test("[J5] the journal is read on from the kept head, and its new head is signed", async () => {
    await over();
    expect(signed.map(({ seq }) => seq)).toEqual([3]);
    await grow();
    server.asked.length = 0;
    await over();
    expect(server.asked[0]).toEqual({ type: "journal.read", body: { after: 3 } });
    expect(signed.map(({ seq, hash }) => ({ seq, hash }))).toEqual(
      [rows[2], rows[3]].map((row) => ({ seq: row?.seq, hash: row?.hash })),
    );
    for (const head of signed) expect(await verifyHead(key.id, key.publicKey, head)).toBe(true);
  });

  test("[J5] without a connection it is signed at the next one, or at the next start", async () => {
    server.state = "offline";
    await expect(over()).rejects.toThrow("fake: offline");
    expect(signed).toEqual([]);
    server.state = "online";
    await keeper.online();
    expect(signed).toHaveLength(1);
    await keeper.online();
    expect(signed).toHaveLength(1);

    await grow();
    server.state = "offline";
    await expect(over()).rejects.toThrow("fake: offline");
    server.state = "online";
    keeper = start();
    await keeper.load();
    await keeper.online();
    expect(signed).toHaveLength(2);
  });

  test("nothing is asked at a start that has nothing to sign", async () => {
    await keeper.load();
    await keeper.online();
    expect(server.asked).toEqual([]);
  });

  test("[J5] what the server did not take is signed again", async () => {
    const takes = server.answers["journal.sign"];
    server.answers["journal.sign"] = refused("UNAVAILABLE");
    await expect(over()).rejects.toThrow("fake: refused");
    server.answers["journal.sign"] = takes;
    await keeper.online();
    expect(signed).toHaveLength(1);
  });

  test("[J5] an end that comes while an earlier one is being signed is signed, too", async () => {
    let second: Promise<void> | undefined;
    const takes = server.answers["journal.sign"];
    server.answers["journal.sign"] = async (body: { head: SignedHead }) => {
      signed.push(body.head);
      server.answers["journal.sign"] = takes;
      await grow();
      second = over();
      // What the second one stores at once is there before this answer.
      await new Promise((resolve) => setTimeout(resolve, 5));
      return {};
    };
    await over();
    await second;
    expect(signed.map(({ seq }) => seq)).toEqual([3, 4]);
  });

  test("[J5] [S6] the socket that closes with the session costs no signature", async () => {
    const reads = server.answers["journal.read"];
    server.answers["journal.read"] = () => {
      server.answers["journal.read"] = reads;
      throw refused("UNAVAILABLE");
    };
    await over();
    expect(signed).toHaveLength(1);
  });

  test("[J5] the end is heard of before the journal is read", async () => {
    let hear: (() => void) | undefined;
    const heard = keeper.sessionOver(new Promise<void>((resolve) => (hear = resolve)));
    await Promise.resolve();
    expect(server.asked).toEqual([]);
    hear?.();
    await heard;
    expect(signed).toHaveLength(1);
  });
});

test("[J5] nothing is signed while the server has not heard of an end", async () => {
  unsent = true;
  await over();
  expect(signed).toEqual([]);
  unsent = false;
  await keeper.online();
  expect(signed).toHaveLength(1);
});

describe("a journal that is not what it was", () => {
  beforeEach(() => keeper.follow());

  const lies: [string, () => Promise<void>, object][] = [
    [
      "ends earlier",
      async () => {
        rows = rows.slice(0, 2);
      },
      { seq: 3, why: "cut" },
    ],
    [
      "is gone",
      async () => {
        rows = [];
      },
      { seq: 1, why: "cut" },
    ],
    [
      "was written anew up to the same row",
      async () => {
        rows = await makeRows(key.id, [{}, { data: { row: 1 } }, {}]);
      },
      { seq: 3, why: "rewritten" },
    ],
    [
      "was written anew and goes on",
      async () => {
        rows = await makeRows(key.id, [{ type: "other" }, {}, {}, {}]);
      },
      { seq: 4, why: "rewritten" },
    ],
    [
      "goes on with a row that was altered",
      async () => {
        await grow();
        rows = rows.map((row) => (row.seq === 4 ? { ...row, actorRole: "helper" } : row));
      },
      { seq: 4, why: "altered" },
    ],
    [
      "lacks a row",
      async () => {
        await grow();
        await grow();
        rows = rows.filter(({ seq }) => seq !== 4);
      },
      { seq: 5, why: "removed" },
    ],
    [
      "holds back what it says is there",
      async () => {
        const longer = await makeRows(key.id, [{}, {}, {}, {}]);
        told = longer[3] ? headOf(longer[3]) : null;
      },
      { seq: 4, why: "cut" },
    ],
    [
      "is another device's",
      async () => {
        rows = await makeRows((await createDeviceKey()).id, [{}, {}, {}, {}]);
      },
      { seq: 4, why: "rewritten" },
    ],
  ];

  test.each(lies)("[J5] because it %s is refused, told and not signed", async (_, lie, fault) => {
    await lie();
    await over();
    expect(keeper.state).toBe("broken");
    expect((await createJournalStore(keyValue).load()).fault).toEqual(fault);
    expect(signed).toEqual([]);
    expect(await kept()).toBe(3);
    const again = start();
    await again.load();
    expect(again.state).toBe("broken");
  });

  test("[J5] stays refused until it extends the kept head again", async () => {
    const whole = rows;
    rows = rows.slice(0, 1);
    await over();
    rows = whole;
    await grow();
    await keeper.online();
    expect(keeper.state).toBe("kept");
    expect(signed.map(({ seq }) => seq)).toEqual([4]);
  });
});

describe("for the person to read", () => {
  test("[J4] it comes whole, however many answers it takes", async () => {
    const read = await keeper.read();
    expect(read).toEqual({ rows, contact: "aide@epaule.example" });
    expect(server.types).toEqual(["journal.read", "journal.read"]);
    expect(await kept()).toBe(3);
  });

  test("[J5] against the head that was kept, with the rows that came", async () => {
    await keeper.follow();
    rows = await makeRows(key.id, [{}, { data: { row: 1 } }, {}, {}]);
    const read = await keeper.read();
    expect(read.fault).toEqual({ seq: 3, why: "rewritten" });
    expect(read.rows).toEqual(rows);
    expect(keeper.state).toBe("broken");
    expect(await kept()).toBe(3);
    rows = rows.slice(0, 2);
    expect((await keeper.read()).fault).toEqual({ seq: 3, why: "cut" });
  });

  test("[J5] and is signed then, if it is still to be", async () => {
    server.state = "offline";
    await expect(over()).rejects.toThrow("fake: offline");
    server.state = "online";
    const read = await keeper.read();
    expect(signed).toHaveLength(1);
    expect(read.signed).toEqual(signed[0]);
    await createJournalStore(keyValue).change((record) => ({ ...record, due: true }));
    server.answers["journal.sign"] = refused("UNAVAILABLE");
    expect((await keeper.read()).rows).toEqual(rows);
  });

  test("[J5] with the signature that the server has", async () => {
    await over();
    expect((await keeper.read()).signed).toEqual(signed[0]);
  });

  test("an empty one is whole", async () => {
    rows = [];
    expect(await keeper.read()).toEqual({ rows: [], contact: "aide@epaule.example" });
    expect(keeper.state).toBe("none");
  });
});

describe("contesting a row", () => {
  test("[J7] asks for it by its number; contested already is contested", async () => {
    await keeper.contest(2);
    expect(server.asked).toEqual([{ type: "journal.contest", body: { row: 2 } }]);
    server.answers["journal.contest"] = refused("CONFLICT");
    await expect(keeper.contest(2)).resolves.toBeUndefined();
    server.answers["journal.contest"] = refused("NOT_FOUND");
    await expect(keeper.contest(9)).rejects.toThrow("fake: refused");
  });
});

test("a head that can't be read is not forgotten in silence", async () => {
  await keyValue.set("journal", { head: "?" });
  await expect(keeper.follow()).rejects.toThrow(/head/);
  expect(await keyValue.get("journal")).toEqual({ head: "?" });
});
