import { z } from "zod";

/** Runs before the voice is joined: when its token is first used, and when the other is first heard. */
export const NOTE_JOIN = `{
  const Original = globalThis.WebSocket;
  globalThis.voiceTimes = {};
  const now = () => performance.timeOrigin + performance.now();
  globalThis.WebSocket = new Proxy(Original, {
    construct(target, given, self) {
      if (String(given[0]).includes("access_token")) globalThis.voiceTimes.asked ??= now();
      return Reflect.construct(target, given, self);
    },
  });
  const look = setInterval(async () => {
    for (const connection of globalThis.keptConnections ?? []) {
      for (const entry of (await connection.getStats()).values())
        if (entry.type === "inbound-rtp" && entry.totalAudioEnergy > 1e-5) {
          globalThis.voiceTimes.heard ??= now();
          clearInterval(look);
        }
    }
  }, 20);
}`;

export const READ_JOIN = "JSON.stringify(globalThis.voiceTimes)";

const joinSchema = z.object({ asked: z.number(), heard: z.number().optional() });

/** Milliseconds from the use of the token to the first sound; nothing while nothing was heard. */
export function parseJoin(said: unknown): number | undefined {
  const { asked, heard } = joinSchema.parse(JSON.parse(z.string().parse(said)));
  return heard === undefined ? undefined : heard - asked;
}

/** What the browser has counted of the voice that it receives, from the beginning on. */
export const COUNT_HEARD = `(async () => {
  const sum = { received: 0, lost: 0, late: 0, samples: 0, madeUp: 0 };
  for (const connection of keptConnections) {
    if (connection.connectionState === "closed") continue;
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type !== "inbound-rtp") continue;
      sum.received += entry.packetsReceived ?? 0;
      sum.lost += entry.packetsLost ?? 0;
      sum.late += entry.packetsDiscarded ?? 0;
      sum.samples += entry.totalSamplesReceived ?? 0;
      sum.madeUp += (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0);
    }
  }
  return JSON.stringify(sum);
})()`;

const countsSchema = z.strictObject({
  received: z.number(),
  lost: z.number(),
  late: z.number(),
  samples: z.number(),
  madeUp: z.number(),
});
export type HeardCounts = z.infer<typeof countsSchema>;

export function parseCounts(said: unknown): HeardCounts {
  return countsSchema.parse(JSON.parse(z.string().parse(said)));
}

/** Shares of a hundred: packets that never came or came too late, and sound that was made up for them. */
export function gapsBetween(
  before: HeardCounts,
  after: HeardCounts,
): { missing: number; madeUp: number } {
  const received = after.received - before.received;
  const missing = after.lost - before.lost + after.late - before.late;
  const samples = after.samples - before.samples;
  return {
    missing: (100 * Math.max(0, missing)) / Math.max(1, received + after.lost - before.lost),
    madeUp: (100 * (after.madeUp - before.madeUp)) / Math.max(1, samples),
  };
}
