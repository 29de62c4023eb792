import {
  AccessToken,
  RoomServiceClient,
  TrackSource,
  WebhookReceiver,
  type WebhookEvent,
} from "livekit-server-sdk";

import { AppError } from "../../shared/errors.ts";
import { VOICE_TOKEN_MS } from "../../shared/protocol/limits.ts";
import type { End } from "../bus/word.ts";
import type { VoiceSettings } from "./settings.ts";

/** [A1] */
const TOKEN_SECONDS = VOICE_TOKEN_MS / 1000;
const REQUEST_SECONDS = 2.5;
/** Nobody came: a token is used within 90 s, or asked for again. */
const EMPTY_SECONDS = 120;
/** The last one left: a break that resumes makes the room again, under the same name. */
const DEPARTURE_SECONDS = 30;
/** LiveKit Cloud then refuses what it signed before; livekit-server itself relies on `auto_create: false`. */
const REVOKE_AHEAD_SECONDS = 60;

/** [A2] 128 random bits, base64url: also how a room of ours is told from another program's. */
export const ROOM_NAME = /^[\w-]{22}$/;

export interface VoiceEvent {
  id: string;
  name: string;
  /** Seconds since 1970, as LiveKit's clock has it. */
  createdAt: number;
  room: string;
  identity: string | undefined;
}

/** The voice server, as far as we need it. Every request ends within 2.5 s. */
export interface LiveKit {
  /** What browsers connect to. */
  readonly url: string;
  /** Makes the room or finds it. Throws `AppError` NO_VOICE. */
  makeRoom(room: string): Promise<void>;
  signToken(room: string, end: End): Promise<string>;
  /** Removing somebody who is not there is done already. */
  removeParticipant(room: string, identity: string, now: Date): Promise<void>;
  /** Whether there was such a room. */
  deleteRoom(room: string): Promise<boolean>;
  /** Throws `AppError` FORGED unless LiveKit signed this very body. */
  readEvent(body: string, authorization: string | undefined): Promise<VoiceEvent>;
}

export function createLiveKit({ url, apiUrl, key, secret }: VoiceSettings): LiveKit {
  // Another region of LiveKit Cloud is the next try's business: one request keeps its time.
  const rooms = new RoomServiceClient(apiUrl, key, secret, {
    requestTimeout: REQUEST_SECONDS,
    failover: false,
  });
  const receiver = new WebhookReceiver(key, secret);
  return {
    url,
    async makeRoom(name) {
      try {
        await rooms.createRoom({
          name,
          emptyTimeout: EMPTY_SECONDS,
          departureTimeout: DEPARTURE_SECONDS,
          maxParticipants: 2,
        });
      } catch (cause) {
        throw new AppError("NO_VOICE", "voice: LiveKit made no room", { cause });
      }
    },
    async signToken(room, end) {
      const token = new AccessToken(key, secret, { identity: end, ttl: TOKEN_SECONDS });
      token.addGrant({
        roomJoin: true,
        room,
        canPublish: true,
        canPublishSources: [TrackSource.MICROPHONE],
        canSubscribe: true,
        canPublishData: false,
        canUpdateOwnMetadata: false,
      });
      return await token.toJwt();
    },
    async removeParticipant(room, identity, now) {
      const from = Math.floor(now.getTime() / 1000) + REVOKE_AHEAD_SECONDS;
      try {
        await rooms.removeParticipant(room, identity, { revokeTokenTs: BigInt(from) });
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },
    async deleteRoom(room) {
      try {
        await rooms.deleteRoom(room);
        return true;
      } catch (error) {
        if (isNotFound(error)) return false;
        throw error;
      }
    },
    async readEvent(body, authorization) {
      let event: WebhookEvent;
      try {
        event = await receiver.receive(body, authorization);
      } catch (cause) {
        throw new AppError("FORGED", "voice: a webhook that does not verify", { cause });
      }
      return {
        id: event.id,
        name: event.event,
        createdAt: Number(event.createdAt),
        room: event.room?.name ?? "",
        identity: event.participant?.identity,
      };
    },
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "not_found";
}
