import { z } from "zod";

import { fromUtf8, utf8 } from "../../shared/bytes.ts";
import { assertNever } from "../../shared/errors.ts";
import {
  deviceIdSchema,
  sessionIdSchema,
  type DeviceId,
  type SessionId,
} from "../../shared/ids.ts";
import { serverMessageSchema, type ServerMessage } from "../../shared/protocol/control.ts";
import { errorFields, type Log } from "../log.ts";
import type { Bus } from "./bus.ts";

export type End = "beneficiary" | "helper";

/** To every proved socket of a device, on any node, but for the connection `except`. */
const deviceWordSchema = z.strictObject({
  to: z.literal("device"),
  device: deviceIdSchema,
  message: serverMessageSchema,
  except: z.string().optional(),
});

/** To the sockets that are in the relay of a session, on any node. */
const sessionWordSchema = z.strictObject({
  to: z.literal("session"),
  session: sessionIdSchema,
  word: z.discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("joined"),
      end: z.enum(["beneficiary", "helper"]),
      connection: z.string(),
    }),
    z.strictObject({ type: z.literal("left"), end: z.enum(["beneficiary", "helper"]) }),
    z.strictObject({ type: z.literal("over") }),
  ]),
});

/** [C5] To the sockets of a sign-in, on any node: it is over. */
const signInWordSchema = z.strictObject({ to: z.literal("sign-in"), signIn: z.string().max(64) });

/** [E5] To every socket of a device that was declared lost, on any node: its key proves nothing any more. */
const retiredWordSchema = z.strictObject({ to: z.literal("retired"), device: deviceIdSchema });

/** [A4] To every node that can reach LiveKit: the session is over, its room is to be closed. */
const voiceWordSchema = z.strictObject({ to: z.literal("voice"), session: sessionIdSchema });

const wordSchema = z.discriminatedUnion("to", [
  deviceWordSchema,
  sessionWordSchema,
  signInWordSchema,
  retiredWordSchema,
  voiceWordSchema,
]);
export type Word = z.infer<typeof wordSchema>;
export type SessionWord = z.infer<typeof sessionWordSchema>["word"];

export const deviceTopic = (device: DeviceId): string => `device:${device}`;
export const sessionTopic = (session: SessionId): string => `session:${session}`;
export const signInTopic = (signIn: string): string => `sign-in:${signIn}`;
export const VOICE_TOPIC = "voice";
/** Frames for one end of a session, as they are: nothing is added to them. */
export const framesTopic = (session: SessionId, end: End): string => `frames:${session}:${end}`;

export const tellDevice = (device: DeviceId, message: ServerMessage, except?: string): Word => ({
  to: "device",
  device,
  message,
  ...(except === undefined ? {} : { except }),
});
export const tellSession = (session: SessionId, word: SessionWord): Word => ({
  to: "session",
  session,
  word,
});

export async function publishWord(bus: Bus, word: Word): Promise<void> {
  await bus.publish(topicOf(word), utf8(JSON.stringify(word)));
}

function topicOf(word: Word): string {
  switch (word.to) {
    case "device":
    case "retired":
      return deviceTopic(word.device);
    case "session":
      return sessionTopic(word.session);
    case "sign-in":
      return signInTopic(word.signIn);
    case "voice":
      return VOICE_TOPIC;
    default:
      return assertNever(word);
  }
}

/**
 * Says what a verb left to say. All of it is stored by then, so a bus that is away loses no act:
 * heartbeats and deadlines find it in the database.
 */
export async function publishWords(
  { bus, log }: { bus: Bus; log: Log },
  words: readonly Word[],
): Promise<void> {
  try {
    for (const word of words) await publishWord(bus, word);
  } catch (error) {
    log.warn(errorFields(error), "the bus is away: a word is lost");
  }
}

/** Throws for anything but a word of this version: nodes of two versions may share a bus while one is replaced. */
export function parseWord(payload: Uint8Array): Word {
  return wordSchema.parse(JSON.parse(fromUtf8(payload)));
}
