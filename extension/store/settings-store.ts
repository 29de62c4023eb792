import { z } from "zod";

import { phoneNumberSchema } from "../../shared/protocol/peer.ts";
import type { KeyValue } from "./key-value.ts";

const KEY = "settings";

/** As the browser names it; it means something in this browser only. */
const deviceSchema = z.string().min(1).max(200);

const settingsSchema = z.strictObject({
  /** How loud the helper is, 0 to 1. */
  volume: z.number().min(0).max(1),
  microphone: deviceSchema.optional(),
  speaker: deviceSchema.optional(),
  /** The browser's own voice says what the helper writes. */
  readMessages: z.boolean(),
  /** … and what the helper shows. */
  readHighlights: z.boolean(),
  readSpeed: z.enum(["slow", "normal", "fast"]),
  /** [A9] Here and nowhere else, until a gesture gives it for one session. */
  number: phoneNumberSchema.optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** `null` forgets a choice. */
export const settingsChangeSchema = z.strictObject({
  volume: settingsSchema.shape.volume.optional(),
  microphone: deviceSchema.nullable().optional(),
  speaker: deviceSchema.nullable().optional(),
  readMessages: z.boolean().optional(),
  readHighlights: z.boolean().optional(),
  readSpeed: settingsSchema.shape.readSpeed.optional(),
  number: phoneNumberSchema.nullable().optional(),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const FIRST_SETTINGS: Settings = {
  volume: 1,
  readMessages: false,
  readHighlights: false,
  readSpeed: "normal",
};

function parse(stored: unknown): Settings {
  return settingsSchema.catch(FIRST_SETTINGS).parse(stored ?? FIRST_SETTINGS);
}

function changed(settings: Settings, change: SettingsChange): Settings {
  const next = Object.entries({ ...settings, ...change }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return settingsSchema.parse(Object.fromEntries(next));
}

/** How the person likes to hear and to be heard, for every session. */
export function createSettingsStore(keyValue: KeyValue) {
  return {
    load: async (): Promise<Settings> => parse(await keyValue.get(KEY)),

    async change(change: SettingsChange): Promise<Settings> {
      await keyValue.update(KEY, (old) => changed(parse(old), change));
      return this.load();
    },
  };
}
