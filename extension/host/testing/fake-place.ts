import { VOICE_OFF, type VoiceState } from "../../../shared/voice/voice-state.ts";
import type { PlaceEvent, Want } from "../../messaging/voice-port.ts";
import type { PlaceUser, VoicePlace } from "../../voice/voice-place.ts";

export type FakePlace = VoicePlace & {
  /** What the voice was told to be, one after another. */
  readonly wants: (Want | undefined)[];
  readonly wanted: Want | undefined;
  readonly looks: number;
  readonly plays: number;
  readonly user: PlaceUser;
  hear(event: PlaceEvent): void;
  /** The voice is so now. */
  be(state: Partial<VoiceState>): void;
};

export function createFakePlace(): FakePlace {
  const wants: (Want | undefined)[] = [];
  let user: PlaceUser | undefined;
  let [looks, plays] = [0, 0];
  const served = (): PlaceUser => {
    if (!user) throw new Error("nobody uses the voice");
    return user;
  };
  return {
    wants,
    get wanted() {
      return wants.at(-1);
    },
    get looks() {
      return looks;
    },
    get plays() {
      return plays;
    },
    get user() {
      return served();
    },
    hear: (event) => served().hear(event),
    be(state) {
      served().hear({ type: "place.state", state: { ...VOICE_OFF, ...state } });
    },
    serve(next) {
      user = next;
    },
    want(want) {
      wants.push(want);
    },
    look() {
      looks += 1;
    },
    play() {
      plays += 1;
    },
  };
}
