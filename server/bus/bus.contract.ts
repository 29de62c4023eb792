import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Bus } from "./bus.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

async function collect(bus: Bus, topic: string) {
  const heard: Uint8Array[] = [];
  const stop = await bus.subscribe(topic, (payload) => heard.push(Uint8Array.from(payload)));
  return { heard, stop };
}

/**
 * What every bus keeps. `open` gives two handles of one bus, as two nodes have them; for the bus in
 * memory, which has one node only, both are the same.
 */
export function busContract(
  name: string,
  missing: string | undefined,
  open: () => Promise<[Bus, Bus]>,
) {
  describe.skipIf(missing)(`the bus: ${name} ${missing ?? ""}`, () => {
    let here: Bus;
    let there: Bus;
    let topics = 0;
    const topic = () => `topic:${(topics += 1)}:${Math.random()}`;

    beforeAll(async () => {
      [here, there] = await open();
    });
    afterAll(async () => {
      await here.close();
      if (there !== here) await there.close();
    });

    test("a word reaches every subscriber of its topic, on both nodes, and nobody else", async () => {
      const on = topic();
      const first = await collect(here, on);
      const second = await collect(there, on);
      const other = await collect(there, topic());
      await here.publish(on, bytes(1, 2, 3));
      await expect.poll(() => [...first.heard, ...second.heard]).toHaveLength(2);
      expect(second.heard).toEqual([bytes(1, 2, 3)]);
      await settle();
      expect(other.heard).toEqual([]);
    });

    test("any bytes pass unchanged", async () => {
      const on = topic();
      const all = Uint8Array.from({ length: 65_536 }, (_, at) => at % 256);
      const { heard } = await collect(there, on);
      await here.publish(on, all);
      await expect.poll(() => heard).toHaveLength(1);
      expect(heard[0]).toEqual(all);
    });

    test("what one node publishes on one topic arrives in order", async () => {
      const on = topic();
      const { heard } = await collect(there, on);
      const sent = Array.from({ length: 200 }, (_, at) => bytes(at));
      await Promise.all(sent.map((payload) => here.publish(on, payload)));
      await expect.poll(() => heard).toHaveLength(200);
      expect(heard).toEqual(sent);
    });

    test("a payload that its sender changes afterwards arrives as it was", async () => {
      const on = topic();
      const { heard } = await collect(here, on);
      const payload = bytes(1, 2, 3);
      await here.publish(on, payload);
      payload.fill(0);
      await expect.poll(() => heard).toEqual([bytes(1, 2, 3)]);
    });

    test("listeners says whether anybody would hear, on any node", async () => {
      const on = topic();
      expect(await here.listeners(on)).toBe(0);
      const first = await collect(there, on);
      const second = await collect(there, on);
      expect(await here.listeners(on)).toBe(1);
      await first.stop();
      expect(await here.listeners(on)).toBe(1);
      await second.stop();
      expect(await here.listeners(on)).toBe(0);
    });

    test("whoever has stopped hears nothing, and may begin again", async () => {
      const on = topic();
      const first = await collect(there, on);
      await first.stop();
      const second = await collect(there, on);
      await here.publish(on, bytes(7));
      await expect.poll(() => second.heard).toHaveLength(1);
      expect(first.heard).toEqual([]);
    });

    test("subscribing again while the last one leaves loses nothing", async () => {
      const on = topic();
      const first = await collect(there, on);
      const leaving = first.stop();
      const second = await collect(there, on);
      await leaving;
      await here.publish(on, bytes(8));
      await expect.poll(() => second.heard).toHaveLength(1);
      expect(await here.listeners(on)).toBe(1);
    });

    test("a word for nobody is dropped without a fault", async () => {
      await expect(here.publish(topic(), bytes(1))).resolves.toBeUndefined();
    });

    test("a ping is answered", async () => {
      await expect(here.ping()).resolves.toBeUndefined();
    });
  });
}
