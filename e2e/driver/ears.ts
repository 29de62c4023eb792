import type { Page } from "@playwright/test";
import { z } from "zod";

import type { Target } from "./target.ts";

/**
 * Runs in a page before its own code: keeps every connection that it makes, so that a test can
 * measure what arrives. What the page does with them is unchanged.
 */
export const KEEP_CONNECTIONS = `{
  const kept = [];
  const Original = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = new Proxy(Original, {
    construct(target, given, self) {
      const connection = Reflect.construct(target, given, self);
      kept.push(connection);
      return connection;
    },
  });
  globalThis.keptConnections = kept;
}`;

/**
 * The received sound over a while: the loudest instant's pitch and level, by a spectrum of 8192
 * lines, how far each of some tones stands out, and what the browser counted meanwhile.
 */
const LISTEN = `(async (ms, tones) => {
  const receivers = globalThis.keptConnections.flatMap((connection) =>
    connection.connectionState === "closed" ? [] : connection.getReceivers());
  const live = receivers.filter(({ track }) => track?.kind === "audio" && track.readyState === "live");
  const count = async () => {
    let energy = 0, seconds = 0;
    const packets = live.map(() => 0);
    for (const [at, receiver] of live.entries())
      for (const entry of (await receiver.getStats()).values())
        if (entry.type === "inbound-rtp") {
          packets[at] += entry.packetsReceived ?? 0;
          energy += entry.totalAudioEnergy ?? 0;
          seconds += entry.totalSamplesDuration ?? 0;
        }
    return { packets, energy, seconds };
  };
  const audio = new AudioContext();
  const analysers = live.map(({ track }) => {
    const analyser = audio.createAnalyser();
    analyser.fftSize = 8192;
    analyser.smoothingTimeConstant = 0;
    audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    return analyser;
  });
  const before = await count();
  let loudest = { hertz: 0, decibels: -Infinity };
  const sums = new Float64Array(4096);
  const end = performance.now() + ms;
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    for (const analyser of analysers) {
      const lines = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(lines);
      for (let at = 4; at < lines.length; at += 1) {
        sums[at] += 10 ** (lines[at] / 10);
        if (lines[at] > loudest.decibels)
          loudest = { hertz: (at * audio.sampleRate) / analyser.fftSize, decibels: lines[at] };
      }
    }
  }
  const lineOf = (hertz) => Math.round((hertz * 8192) / audio.sampleRate);
  const level = (power) => 10 * Math.log10(power + 1e-12);
  const standOut = tones.map((hertz) => {
    const between = (from, to) => [...sums.slice(lineOf(hertz + from), lineOf(hertz + to) + 1)];
    const around = [...between(-300, -40), ...between(40, 300)].sort((one, other) => one - other);
    return level(Math.max(...between(-15, 15))) - level(around[around.length >> 1]);
  });
  const after = await count();
  await audio.close();
  const seconds = after.seconds - before.seconds;
  const packets = after.packets.map((count, at) => count - before.packets[at]);
  return JSON.stringify({
    tracks: packets.filter((count) => count > 0).length,
    hertz: loudest.hertz,
    decibels: Number.isFinite(loudest.decibels) ? loudest.decibels : -200,
    packets: packets.reduce((sum, count) => sum + count, 0),
    rms: seconds > 0 ? Math.sqrt((after.energy - before.energy) / seconds) : 0,
    standOut,
  });
})`;

const heardSchema = z.strictObject({
  /** On which something came, during the while. */
  tracks: z.number(),
  hertz: z.number(),
  decibels: z.number(),
  /** During the while. */
  packets: z.number(),
  /** Of what was played, 0 to 1. */
  rms: z.number(),
  /** Of each tone that was asked for: decibels above the middle of what is around it. */
  standOut: z.array(z.number()),
});
type Heard = z.infer<typeof heardSchema>;

/** How far the loudest line may be from the tone that is played. */
export const NEAR_HZ = 15;
/** Between a voice and nothing, in the spectrum's decibels. */
export const AUDIBLE_DB = -60;
export const SILENT_DB = -90;
/** Between a change of what is sent and its first sound at the other end, on a slow computer. */
export const HEARD_AGAIN_MS = 5_000;

export interface Ears {
  listen(ms: number, tones?: readonly number[]): Promise<Heard>;
}

function listenFor(ms: number, tones: readonly number[]): string {
  return `${LISTEN}(${ms}, ${JSON.stringify(tones)})`;
}

/** After `page.addInitScript(KEEP_CONNECTIONS)`. */
export function earsOfPage(page: Page): Ears {
  return {
    listen: async (ms, tones = []) =>
      heardSchema.parse(JSON.parse(await page.evaluate(listenFor(ms, tones)))),
  };
}

/** Of a target that Playwright does not list: the session host's document. */
export function earsOfTarget(evaluate: (expression: string) => Promise<unknown>): Ears {
  return {
    listen: async (ms, tones = []) =>
      heardSchema.parse(JSON.parse(z.string().parse(await evaluate(listenFor(ms, tones))))),
  };
}

const objectSchema = z.object({ objectId: z.string() });

/**
 * Of a document that was never prepared for it, as it is now: the browser's inspector finds the
 * connections that are there.
 */
export async function earsOfAnybody(target: Target): Promise<Ears> {
  const { result } = z
    .object({ result: objectSchema })
    .parse(await target.send("Runtime.evaluate", { expression: "RTCPeerConnection.prototype" }));
  const { objects } = z
    .object({ objects: objectSchema })
    .parse(await target.send("Runtime.queryObjects", { prototypeObjectId: result.objectId }));
  await target.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { globalThis.keptConnections = this; }",
  });
  return earsOfTarget((expression) => target.evaluate(expression));
}
