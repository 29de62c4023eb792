import { z } from "zod";

import type { FromPlayer } from "../player/port.ts";

/**
 * What comes from the player is parsed like what comes from a peer: it is the one document of ours
 * that holds what a hostile page wrote. Bounds are those of the protocol.
 */
const documentSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const node = z.int().positive();
const shortText = z.string().max(200);
const part = z.number().min(0).max(1);
const coordinate = z.number().min(-1e6).max(1e6);

const described = z.strictObject({
  document: documentSchema,
  node,
  role: shortText,
  name: shortText,
});
const anchor = z.strictObject({ document: documentSchema, node, x: part, y: part });

const schema: z.ZodType<FromPlayer> = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("worked"), receipt: z.int().nonnegative() }),
  z.strictObject({ type: z.literal("painted"), document: documentSchema }),
  z.strictObject({ type: z.literal("request") }),
  z.strictObject({ type: z.literal("hover"), element: described.nullable() }),
  z.strictObject({ type: z.literal("pick"), anchor, element: described }),
  z.strictObject({ type: z.literal("point"), anchor: anchor.nullable() }),
  z.strictObject({
    type: z.literal("stroke"),
    document: documentSchema,
    points: z
      .array(z.tuple([coordinate, coordinate]))
      .min(1)
      .max(200),
    last: z.boolean(),
  }),
  z.strictObject({ type: z.literal("elements"), elements: z.array(described).max(1000) }),
]);

/** `undefined` for what our own player would not say. */
export function parseFromPlayer(data: unknown): FromPlayer | undefined {
  return schema.safeParse(data).data;
}
