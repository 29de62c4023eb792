import { z } from "zod";

import { contentHashSchema } from "../ids.ts";
import { hostSchema } from "../sites.ts";
import { endReasonSchema, pauseReasonSchema } from "./control.ts";
import { MAX_GUIDE_TEXT, MAX_TEXT_MESSAGE } from "./limits.ts";

/**
 * What the two ends of a session say to each other, sealed. A closed list, by direction:
 * there is no message that clicks, types, submits, scrolls or navigates, and an unknown
 * type closes the link ([V1]).
 */

/** One document of the shared tab, as one recorder saw it: 128 random bits made by the recorder. */
const documentIdSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
/** A node of that document, by rrweb's mirror. */
const nodeSchema = z.int().positive();
/** Stands for a URL whose bytes may follow: `asset:` and 22 characters, keyed per session ([M6]). */
export const assetTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const coordinate = z.number().min(-1e6).max(1e6);
const viewportSchema = z.strictObject({
  width: z.int().positive().max(20_000),
  height: z.int().positive().max(20_000),
});

export const assetKindSchema = z.enum(["image", "font", "style"]);
export const assetTypeSchema = z.enum([
  "text/css",
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/svg+xml",
  "image/x-icon",
  "font/woff2",
  "font/woff",
  "font/ttf",
  "font/otf",
]);
export type AssetType = z.infer<typeof assetTypeSchema>;

/** Where the helper points: a node and a place in its box, 0 to 1 from its top left corner. */
const anchorSchema = z.strictObject({
  document: documentIdSchema,
  node: nodeSchema,
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
});
export type Anchor = z.infer<typeof anchorSchema>;

const guideIdSchema = z.int().nonnegative();

const ready = z.strictObject({
  type: z.literal("link.ready"),
  /** From the console: assets that it still holds, so that they need not cross again. */
  known: z.array(contentHashSchema).max(4000),
});

/** [A7] How one end's voice is, as it says itself. LiveKit's word is not asked for. */
export const voiceStatusSchema = z.strictObject({
  type: z.literal("voice.status"),
  /** `unavailable`: no voice server, or it does not answer. */
  state: z.enum(["off", "joining", "on", "unavailable"]),
  microphone: z.enum(["open", "muted", "unasked", "refused", "none"]),
  /** It has heard the other's voice in the last 2 s. */
  hears: z.boolean(),
  line: z.enum(["good", "fair", "poor"]),
});
export type VoiceStatus = z.infer<typeof voiceStatusSchema>;

/** [A8] Plain; line breaks are all that is let in beside what can be seen. */
export const textMessageSchema = z
  .string()
  .trim()
  .min(1)
  .max(MAX_TEXT_MESSAGE)
  .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029\n]*(\n[^\p{Cc}\p{Cf}\u2028\u2029\n]*)*$/u);
/** 128 random bits, by its sender: what was sent twice is shown once. */
const textIdSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** [A9] As people write it: digits and spaces, with a + for another country. */
export const phoneNumberSchema = z.string().regex(/^\+?\d(?:[ .-]?\d){3,18}$/);

/** Beside the mirror, the same both ways. */
const talk = [
  voiceStatusSchema,
  z.strictObject({ type: z.literal("text.message"), text: textIdSchema, words: textMessageSchema }),
  z.strictObject({ type: z.literal("text.received"), text: textIdSchema }),
] as const;

export const beneficiaryMessageSchema = z.discriminatedUnion("type", [
  ready,
  /** A new document is in the tab. A key frame follows. */
  z.strictObject({
    type: z.literal("mirror.page"),
    document: documentIdSchema,
    host: hostSchema,
    viewport: viewportSchema,
    /** For a document inside a frame: the frame element in its parent. */
    parent: z.strictObject({ document: documentIdSchema, node: nodeSchema }).optional(),
  }),
  /** rrweb events, masked. `key`: they start with Meta and FullSnapshot and replace what was there. */
  z.strictObject({
    type: z.literal("mirror.events"),
    document: documentIdSchema,
    key: z.boolean(),
    events: z.array(z.unknown()).min(1).max(20_000),
  }),
  /** The bytes, once a session. A style sheet is referred to by its hash, the rest by token. */
  z.strictObject({
    type: z.literal("asset.data"),
    hash: contentHashSchema,
    mime: assetTypeSchema,
    bytes: z.base64url(),
  }),
  z.strictObject({
    type: z.literal("asset.bound"),
    token: assetTokenSchema,
    hash: contentHashSchema,
  }),
  /** What cannot be carried: the console draws a labelled box. */
  z.strictObject({
    type: z.literal("asset.missing"),
    token: assetTokenSchema,
    kind: assetKindSchema,
  }),
  z.strictObject({ type: z.literal("mirror.paused"), reason: pauseReasonSchema }),
  z.strictObject({ type: z.literal("mirror.resumed") }),
  /** What became of a highlight. `name`: the element's accessible name, masked. */
  z.strictObject({
    type: z.literal("guide.state"),
    guide: guideIdSchema,
    state: z.enum(["shown", "outside", "lost", "refused"]),
    name: z.string().max(MAX_GUIDE_TEXT).optional(),
  }),
  ...talk,
  /** [A5] The voice room's key: 32 random bytes, again at each opening of the link. */
  z.strictObject({ type: z.literal("voice.key"), key: z.base64url().length(43) }),
  /** [A9] « Appelez-moi »; `null` takes it back. */
  z.strictObject({ type: z.literal("phone.number"), number: phoneNumberSchema.nullable() }),
  z.strictObject({ type: z.literal("session.ended"), reason: endReasonSchema }),
  z.strictObject({ type: z.literal("link.ack"), bytes: z.int().nonnegative() }),
]);
export type BeneficiaryMessage = z.infer<typeof beneficiaryMessageSchema>;

/** The helper's own words: one line, plain, without anything that a browser could take for a link. */
export const guideTextSchema = z
  .string()
  .max(MAX_GUIDE_TEXT)
  .regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u)
  .refine((text) => !/:\/\/|www\.|\b[\p{L}\p{N}-]+\.\p{L}{2,}\/\S*/iu.test(text));

export const helperMessageSchema = z.discriminatedUnion("type", [
  ready,
  /** A key frame, please: joined, lost the thread, or a gap. At most one per 2 s is honoured. */
  z.strictObject({ type: z.literal("mirror.request") }),
  z.strictObject({
    type: z.literal("guide.highlight"),
    guide: guideIdSchema,
    document: documentIdSchema,
    node: nodeSchema,
    text: guideTextSchema,
  }),
  z.strictObject({ type: z.literal("guide.clear") }),
  z.strictObject({ type: z.literal("guide.pointer"), at: anchorSchema.nullable() }),
  /** Freehand, anchored to the page: CSS pixels of the document, not of the window. It fades. */
  z.strictObject({
    type: z.literal("guide.stroke"),
    guide: guideIdSchema,
    document: documentIdSchema,
    points: z
      .array(z.tuple([coordinate, coordinate]))
      .min(1)
      .max(200),
    last: z.boolean(),
  }),
  ...talk,
  z.strictObject({ type: z.literal("session.ended"), reason: z.literal("left") }),
  z.strictObject({ type: z.literal("link.ack"), bytes: z.int().nonnegative() }),
]);
export type HelperMessage = z.infer<typeof helperMessageSchema>;
export type PeerMessage = BeneficiaryMessage | HelperMessage;
/** The part that voice, text messages and the telephone say to each other. */
type TalkType = `voice.${string}` | `text.${string}` | `phone.${string}`;
export type BeneficiaryTalk = Extract<BeneficiaryMessage, { type: TalkType }>;
export type HelperTalk = Extract<HelperMessage, { type: TalkType }>;
/** The part of the helper's messages that is drawn on the page. */
export type GuideMessage = Extract<HelperMessage, { type: `guide.${string}` }>;
