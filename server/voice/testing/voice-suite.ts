import { eq } from "drizzle-orm";
import { RoomServiceClient } from "livekit-server-sdk";
import { afterAll, beforeAll } from "vitest";

import { freePort } from "../../../e2e/driver/free-port.ts";
import { type RunningLiveKit, startLiveKit } from "../../../e2e/driver/livekit.ts";
import { CONSENT_TEXTS } from "../../../shared/grants/consent-text.ts";
import type { ContentHash, SessionId } from "../../../shared/ids.ts";
import type { OpenDatabase } from "../../db/client.ts";
import { voiceRooms } from "../../db/schema.ts";
import type { TestDatabase } from "../../db/testing.ts";
import { createPair, goLive, type TestPair } from "../../relay/testing/people.ts";
import { startTestServer, type TestServer } from "../../relay/testing/server.ts";
import type { VoiceSettings } from "../settings.ts";

export function textWithVoice(voice: boolean): { text: ContentHash } {
  const found = CONSENT_TEXTS.find((text) => text.voice === voice);
  if (!found) throw new Error("no such text");
  return { text: found.hash };
}

export function settingsOf({ url, key, secret }: RunningLiveKit): VoiceSettings {
  return { url, apiUrl: url.replace("ws", "http"), key, secret };
}

export interface VoiceSuite {
  readonly server: TestServer;
  readonly livekit: RunningLiveKit;
  /** LiveKit's own account of its rooms. */
  rooms(): RoomServiceClient;
  roomNames(): Promise<string[]>;
  goLive(): Promise<{ pair: TestPair; session: SessionId }>;
  roomOf(session: SessionId): Promise<typeof voiceRooms.$inferSelect | undefined>;
}

/** A server and a livekit-server of its own, that know each other, for the suite that calls this. */
export function useVoice(kind: TestDatabase): VoiceSuite {
  let opened: OpenDatabase | undefined;
  let server: TestServer | undefined;
  let livekit: RunningLiveKit | undefined;
  beforeAll(async () => {
    opened = await kind.open();
    const port = await freePort();
    livekit = await startLiveKit({ serverPort: port });
    server = await startTestServer(opened.db, { port, voice: settingsOf(livekit) });
  }, 60_000);
  afterAll(async () => {
    await server?.drain();
    await livekit?.close();
    await opened?.close();
  });
  const suite: VoiceSuite = {
    get server() {
      if (!server) throw new Error("the suite has not begun");
      return server;
    },
    get livekit() {
      if (!livekit) throw new Error("the suite has not begun");
      return livekit;
    },
    rooms() {
      const { apiUrl, key, secret } = settingsOf(suite.livekit);
      return new RoomServiceClient(apiUrl, key, secret);
    },
    roomNames: async () => (await suite.rooms().listRooms()).map(({ name }) => name),
    async goLive() {
      const pair = await createPair(suite.server);
      return { pair, session: await goLive(pair, textWithVoice(true)) };
    },
    async roomOf(session) {
      const { db } = suite.server.context;
      return (await db.select().from(voiceRooms).where(eq(voiceRooms.session, session)))[0];
    },
  };
  return suite;
}
