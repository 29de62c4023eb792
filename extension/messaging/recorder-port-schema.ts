import { z } from "zod";

import { pauseReasonSchema } from "../../shared/protocol/control.ts";
import { MAX_ASSET_BYTES, MAX_GUIDE_TEXT } from "../../shared/protocol/limits.ts";
import { assetKindSchema, assetTokenSchema, assetTypeSchema } from "../../shared/protocol/peer.ts";
import type { RecorderToHost } from "./recorder-port.ts";

/** One message on the Port. Above it, the recorder has gone wrong or the page's process has. */
const MAX_RECORDER_MESSAGE = 32 * 1024 * 1024;

const randomSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const nodeSchema = z.int().positive();
const sideSchema = z.int().positive().max(20_000);

const recorderMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("recorder.hello"), document: randomSchema, top: z.boolean() }),
  z.strictObject({
    type: z.literal("recorder.events"),
    key: z.boolean(),
    viewport: z.strictObject({ width: sideSchema, height: sideSchema }),
    events: z
      .array(z.strictObject({ type: z.int(), timestamp: z.number(), data: z.unknown() }).readonly())
      .min(1)
      .max(20_000),
  }),
  z.strictObject({
    type: z.literal("recorder.frame"),
    childNonce: z.string().min(16).max(64),
    node: nodeSchema,
  }),
  z.strictObject({ type: z.literal("recorder.child"), nonce: z.string().min(16).max(64) }),
  z.strictObject({
    type: z.literal("recorder.asset"),
    token: assetTokenSchema,
    mime: assetTypeSchema,
    bytes: z.base64url().max(Math.ceil((MAX_ASSET_BYTES * 4) / 3)),
  }),
  z.strictObject({
    type: z.literal("recorder.asset-missing"),
    token: assetTokenSchema,
    kind: assetKindSchema,
  }),
  z.strictObject({
    type: z.literal("recorder.guide"),
    guide: z.int().nonnegative(),
    state: z.enum(["shown", "outside", "lost", "refused"]),
    name: z.string().max(MAX_GUIDE_TEXT).optional(),
  }),
  z.strictObject({ type: z.literal("recorder.stop") }),
  z.strictObject({ type: z.literal("recorder.pause"), reason: pauseReasonSchema }),
  z.strictObject({ type: z.literal("recorder.visible"), visible: z.boolean() }),
  z.strictObject({ type: z.literal("recorder.pong"), at: z.number() }),
]);

export type RecorderMessage = z.infer<typeof recorderMessageSchema>;
/** The schema and the recorder's own type must say the same. */
type Same = RecorderToHost["type"] extends RecorderMessage["type"] ? true : never;
const same: Same = true;
void same;

/** `undefined` for anything that our own recorder could not have sent. */
export function parseRecorderMessage(raw: unknown): RecorderMessage | undefined {
  if (typeof raw !== "string" || raw.length > MAX_RECORDER_MESSAGE) return undefined;
  try {
    return recorderMessageSchema.safeParse(JSON.parse(raw)).data;
  } catch {
    return undefined;
  }
}
