import { z } from "zod";

import {
  phoneNumberSchema,
  textMessageSchema,
  type VoiceStatus,
} from "../../shared/protocol/peer.ts";
import type { TextEntry } from "../../shared/talk/text-log.ts";
import type { MediaDevice } from "../../shared/voice/microphone.ts";
import type { VoiceState } from "../../shared/voice/voice-state.ts";
import { settingsChangeSchema } from "../store/settings-store.ts";

/** What the person does about voice and words, one verb each. */
export const talkCommandSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text.say"), words: textMessageSchema }),
  z.strictObject({ type: z.literal("voice.mute"), muted: z.boolean() }),
  /** A permission or a device may have changed. */
  z.strictObject({ type: z.literal("voice.look") }),
  /** Where the browser plays no sound before a gesture. */
  z.strictObject({ type: z.literal("voice.play") }),
  /** This panel shows the input level, or does no longer. */
  z.strictObject({ type: z.literal("voice.level"), show: z.boolean() }),
  /** [A9] A gesture, for this session. It is remembered here for the next gesture. */
  z.strictObject({ type: z.literal("number.give"), number: phoneNumberSchema }),
  z.strictObject({ type: z.literal("number.take-back") }),
  z.strictObject({ type: z.literal("settings.change"), change: settingsChangeSchema }),
]);
export type TalkCommand = z.infer<typeof talkCommandSchema>;

export type VoiceView = VoiceState & {
  microphones: readonly MediaDevice[];
  speakers: readonly MediaDevice[];
  /** What the person chose, whether or not the voice is there. */
  muted: boolean;
  /** The other end has heard this microphone since it was opened, by its own word. */
  isHeard: boolean;
  /** What the other end says of itself, once it has. */
  theirs?: VoiceStatus;
};

export type TalkView = {
  texts: readonly TextEntry[];
  numberGiven: boolean;
  /** Absent: this agreement has no voice. */
  voice?: VoiceView;
};
