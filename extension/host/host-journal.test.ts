import { beforeEach, describe, expect, test } from "vitest";

import { settle, until } from "../../shared/client/testing/fake-clock.ts";
import { deviceIdSchema } from "../../shared/ids.ts";
import { headOf, type JournalRow } from "../../shared/journal/row.ts";
import { makeRows } from "../../shared/journal/testing.ts";
import { loadDeviceKey } from "../store/device-store.ts";
import { createWorld, type World } from "./testing/world.ts";

let world: World;
let rows: JournalRow[];

beforeEach(async () => {
  world = await createWorld();
  const { id } = await loadDeviceKey(world.keyValue);
  rows = await makeRows(id, [{}, {}]);
  world.server.answers["journal.read"] = ({ after }: { after: number }) => {
    const last = rows.at(-1);
    return {
      rows: rows.slice(after),
      head: last ? headOf(last) : null,
      contact: "aide@epaule.example",
    };
  };
});

const asked = (type: string) => world.server.types.filter((one) => one === type).length;

describe("the journal", () => {
  test("[J5] is signed after the server has heard of a session's end", async () => {
    await world.live();
    await world.say({ type: "session.stop" });
    await until(() => asked("journal.sign") > 0, "a signature");
    const order = world.server.types.filter((type) =>
      ["session.end", "journal.read", "journal.sign"].includes(type),
    );
    expect(order.slice(-3)).toEqual(["session.end", "journal.read", "journal.sign"]);
    expect(world.faults).toEqual([]);
  });

  test("[J5] is signed when the server says that a session is over", async () => {
    await world.live();
    const { session } = world;
    world.server.tell({ type: "session.over", session, reason: "left" });
    await until(() => asked("journal.sign") > 0, "a signature");
    expect(world.server.types).not.toContain("session.end");
  });

  test("[J5] that ended without a connection is signed with the next one", async () => {
    await world.live();
    world.server.state = "offline";
    await world.say({ type: "session.stop" });
    await settle();
    expect(asked("journal.sign")).toBe(0);
    world.server.state = "online";
    world.server.emit({ type: "online" });
    await until(() => asked("journal.sign") > 0, "a signature");
  });

  test("[J5] that is not what it was is told in the panel, after a restart too", async () => {
    await world.restart();
    await settle();
    expect(world.view.journal).toBe("kept");
    rows = rows.slice(0, 1);
    await world.restart();
    await until(() => world.view.journal === "broken", "the panel's word");
    world.server.state = "offline";
    await world.restart();
    await until(() => world.view.journal === "broken", "the panel's word");
  });

  test("[J5] is compared when nobody is left in the circle, too", async () => {
    await world.restart();
    await until(() => world.view.journal === "kept", "a journal");
    await world.say({ type: "circle.end", pairing: world.pairing, block: false });
    await settle();
    expect(world.view.circle).toEqual([]);
    rows = rows.slice(0, 1);
    await world.restart();
    await until(() => world.view.journal === "broken", "the panel's word");
  });

  test("is read for its page, with what people are called here and nothing else of them", async () => {
    const view = await world.host.calls["journal.read"](null);
    expect(view).toMatchObject({
      rows,
      contact: "aide@epaule.example",
      people: [{ device: world.helper.id, name: "Marie" }],
    });
    expect(deviceIdSchema.parse(view.device)).toBe((await loadDeviceKey(world.keyValue)).id);
    await world.host.calls["journal.contest"]({ row: 2 });
    expect(world.server.asked.at(-1)).toEqual({ type: "journal.contest", body: { row: 2 } });
  });
});
