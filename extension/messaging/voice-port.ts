import { z } from "zod";

import { voiceStatusSchema } from "../../shared/protocol/peer.ts";

/** Between the session host and the page that holds the voice, where they are not one (Firefox). */
export const VOICE_PORT = "epaule.voice";

const device = z.string().min(1).max(200);
const deviceSchema = z.strictObject({ id: device, label: z.string().max(400) });

/** What the voice has to be now; said whole, so that a page that comes back needs nothing else. */
const wantSchema = z.strictObject({
  /** [A5] 32 bytes. Another key is another room. */
  key: z.base64url().length(43),
  muted: z.boolean(),
  volume: z.number().min(0).max(1),
  microphone: device.optional(),
  speaker: device.optional(),
  /** Somebody looks at the input level. */
  meter: z.boolean(),
});
export type Want = z.infer<typeof wantSchema>;

const ticketSchema = z.strictObject({ url: z.string(), token: z.string() });
export type Ticket = z.infer<typeof ticketSchema>;

export const toPlaceSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("place.want"), want: wantSchema.nullable() }),
  z.strictObject({ type: z.literal("place.look") }),
  z.strictObject({ type: z.literal("place.play") }),
  /** `null`: no voice now. */
  z.strictObject({
    type: z.literal("place.ticket"),
    re: z.int(),
    ticket: ticketSchema.nullable(),
  }),
]);
export type ToPlace = z.infer<typeof toPlaceSchema>;

const placeEventSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("place.state"),
    state: voiceStatusSchema.omit({ type: true }).extend({
      peer: z.enum(["absent", "silent", "speaking"]),
      playback: z.enum(["allowed", "blocked"]),
    }),
  }),
  z.strictObject({ type: z.literal("place.level"), level: z.number().min(0).max(1) }),
  z.strictObject({
    type: z.literal("place.devices"),
    microphones: z.array(deviceSchema).max(100),
    speakers: z.array(deviceSchema).max(100),
  }),
]);
export type PlaceEvent = z.infer<typeof placeEventSchema>;

export const fromPlaceSchema = z.discriminatedUnion("type", [
  ...placeEventSchema.options,
  z.strictObject({ type: z.literal("place.ask"), re: z.int() }),
]);
