import path from "node:path";

import type { Page } from "@playwright/test";
import { AccessToken } from "livekit-server-sdk";
import { z } from "zod";

import { ROOT } from "../setup/run-command.ts";
import { launchBrowser } from "./browser.ts";
import { type Ears, earsOfPage, KEEP_CONNECTIONS } from "./ears.ts";
import type { RunningLiveKit } from "./livekit.ts";

const LIBRARY = path.join(ROOT, "node_modules/livekit-client/dist/livekit-client.umd.js");

/** The library ends nothing when it is told to leave: the connections and the sounds go on. */
const STUBBORN = `{
  RTCPeerConnection.prototype.close = () => undefined;
  MediaStreamTrack.prototype.stop = () => undefined;
  RTCPeerConnection.prototype.removeTrack = () => undefined;
  const replace = RTCRtpSender.prototype.replaceTrack;
  RTCRtpSender.prototype.replaceTrack = async function (track) {
    if (track) await replace.call(this, track);
  };
}`;

const packetsSchema = z.strictObject({
  sent: z.number(),
  received: z.number(),
  /** When the last one came, in milliseconds since 1970; 0 before the first. */
  lastAt: z.number(),
});

/** Somebody in LiveKit's room by a program of their own: with a token, without any key. */
export interface MediaClient {
  ears: Ears;
  /** Rejects when LiveKit refuses. Whatever is published there is taken and played. */
  join(token: string): Promise<void>;
  /** What LiveKit gave it since, to come back with. */
  token(): Promise<string>;
  /** Publishes a tone as a microphone, in clear. */
  say(hertz: number): Promise<void>;
  /** Whether LiveKit's word is that it is in. */
  isInside(): Promise<boolean>;
  /** Packets of sound so far. */
  packets(): Promise<z.infer<typeof packetsSchema>>;
}

export interface MediaClients {
  /** `isStubborn`: it never ends a connection by itself. */
  create(options?: { isStubborn?: boolean }): Promise<MediaClient>;
  close(): Promise<void>;
}

/** A token of this LiveKit's own key, for anybody whom a test wants in the room. */
export async function tokenFor(
  { key, secret }: RunningLiveKit,
  room: string,
  identity: string,
): Promise<string> {
  const token = new AccessToken(key, secret, { identity, ttl: 90 });
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
  return await token.toJwt();
}

async function createOn(page: Page, url: string): Promise<MediaClient> {
  // LiveKit answers with an empty page: from there nothing is in the way of asking it for more.
  await page.goto(url.replace(/^ws/, "http"));
  await page.addScriptTag({ path: LIBRARY });
  return {
    ears: earsOfPage(page),
    join: async (token) => {
      await page.evaluate(`(async () => {
        LivekitClient.setLogLevel("silent");
        globalThis.room = new LivekitClient.Room({ singlePeerConnection: false });
        room.on("trackSubscribed", (track) => track.attach());
        await room.connect(${JSON.stringify(url)}, ${JSON.stringify(token)}, { maxRetries: 0 });
      })()`);
    },
    token: async () => z.string().parse(await page.evaluate("room.engine.token")),
    say: async (hertz) => {
      await page.evaluate(`(async () => {
        const audio = new AudioContext();
        const tone = new OscillatorNode(audio, { frequency: ${hertz} });
        const out = audio.createMediaStreamDestination();
        tone.connect(new GainNode(audio, { gain: 0.5 })).connect(out);
        tone.start();
        await room.localParticipant.publishTrack(out.stream.getAudioTracks()[0], {
          source: "microphone",
        });
      })()`);
    },
    isInside: async () => z.boolean().parse(await page.evaluate("room.state === 'connected'")),
    packets: async () =>
      packetsSchema.parse(
        await page.evaluate(`(async () => {
          let sent = 0, received = 0, lastAt = 0;
          for (const connection of keptConnections)
            for (const entry of (await connection.getStats()).values()) {
              if (entry.type === "outbound-rtp") sent += entry.packetsSent;
              if (entry.type !== "inbound-rtp") continue;
              received += entry.packetsReceived;
              lastAt = Math.max(lastAt, entry.lastPacketReceivedTimestamp ?? 0);
            }
          return { sent, received, lastAt };
        })()`),
      ),
  };
}

/** One browser for them all; it plays without being clicked. */
export async function launchMediaClients(
  executablePath: string,
  livekit: RunningLiveKit,
): Promise<MediaClients> {
  const browser = await launchBrowser({
    executablePath,
    headless: true,
    closed: true,
    viewport: { width: 800, height: 600 },
    flags: ["--autoplay-policy=no-user-gesture-required"],
  });
  return {
    create: async (options = {}) => {
      const page = await browser.context.newPage();
      await page.addInitScript(KEEP_CONNECTIONS);
      if (options.isStubborn) await page.addInitScript(STUBBORN);
      return await createOn(page, livekit.url);
    },
    close: () => browser.close(),
  };
}
