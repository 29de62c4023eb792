import { z } from "zod";

import { whyNoLiveKit } from "./driver/livekit.ts";
import { launchMediaClients, type MediaClient, type MediaClients } from "./driver/media-client.ts";
import type { RawClient } from "./driver/raw-client.ts";
import { liveRaw, pairRaw } from "./driver/raw-session.ts";
import { createWorld, type World } from "./driver/world.ts";
import { expect, test } from "./fixtures.ts";

/**
 * The server ends the voice of two programs that would go on for ever: they keep every connection
 * open and go on speaking, whatever they are told. What each receives is what LiveKit still sends.
 */
const reason = await whyNoLiveKit();
test.skip(reason !== undefined, reason);

let world: World;
let clients: MediaClients;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  world = await createWorld({}, {});
  if (!world.livekit) throw new Error("no livekit-server");
  clients = await launchMediaClients(world.chromium, world.livekit);
});

test.afterAll(async () => {
  await clients?.close();
  await world?.close();
});

async function tokenOf(end: RawClient, session: string): Promise<string> {
  const answer = await end.ask({ type: "voice.join", session });
  if (answer.type !== "done") throw new Error(`refused: ${JSON.stringify(answer)}`);
  return z.object({ token: z.string() }).parse(answer.data).token;
}

async function speakingBy(token: string, hertz: number): Promise<MediaClient> {
  const client = await clients.create({ isStubborn: true });
  await client.join(token);
  await client.say(hertz);
  return client;
}

async function arriving(client: MediaClient, ms: number): Promise<number> {
  const before = await client.packets();
  await client.ears.listen(ms);
  return (await client.packets()).received - before.received;
}

type Raw = Awaited<ReturnType<typeof pairRaw>>;
const ends: Record<string, (raw: Raw, session: string) => Promise<unknown>> = {
  "the pairing ended by the helper": async ({ account, pairing }) =>
    await account.call("POST /api/pairings/end", { pairing, block: true }),
  "the session stopped by the beneficiary": async ({ beneficiary }, session) =>
    await beneficiary.ask({ type: "session.end", session, reason: "stopped" }),
};

for (const [name, end] of Object.entries(ends))
  test(`[A4] ${name}: no packet comes any more after a second, though both go on sending`, async () => {
    const raw = await pairRaw(world);
    const session = await liveRaw(raw);
    const first = [
      await tokenOf(raw.beneficiary, session),
      await tokenOf(raw.helper, session),
    ] as const;
    const both = [await speakingBy(first[0], 440), await speakingBy(first[1], 1_000)];
    for (const one of both) await expect.poll(() => arriving(one, 500)).toBeGreaterThan(20);
    const refreshed = await Promise.all(both.map((one) => one.token()));
    for (const token of refreshed) expect(first).not.toContain(token);

    await end(raw, session);
    const over = Date.now();
    const atEnd = await Promise.all(both.map((one) => one.packets()));
    await Promise.all(both.map((one) => one.ears.listen(3_000)));
    const later = await Promise.all(both.map((one) => one.packets()));
    for (const [at, { sent, lastAt }] of later.entries()) {
      expect(lastAt - over, "the last packet").toBeLessThan(1_000);
      expect(over - lastAt, "there were packets until then").toBeLessThan(1_000);
      expect(sent, "it still sends").toBeGreaterThan((atEnd[at]?.sent ?? 0) + 50);
    }

    const again = await clients.create();
    for (const token of [...first, ...refreshed])
      await expect(again.join(token)).rejects.toThrow("does not exist");
  });
