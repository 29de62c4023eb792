import { VOICE_OFF } from "../../shared/voice/voice-state.ts";
import type { Port } from "../messaging/ports.ts";
import { fromPlaceSchema, type ToPlace, type Want } from "../messaging/voice-port.ts";
import type { PlaceUser, VoicePlace } from "./voice-place.ts";

function tell(port: Port | undefined, message: ToPlace): void {
  port?.post(message);
}

/**
 * The session host's side of a voice in another page. One page speaks at a time: the one that came
 * last; with none of them open there is no voice.
 */
export function createRemotePlace(): VoicePlace & { accept(port: Port): void } {
  let user: PlaceUser | undefined;
  let wanted: Want | undefined;
  let pages: Port[] = [];

  const front = (): Port | undefined => pages.at(-1);

  async function answer(port: Port, re: number): Promise<void> {
    const ticket = (await user?.requestTicket().catch(() => null)) ?? null;
    tell(port, { type: "place.ticket", re, ticket });
  }

  return {
    serve(next) {
      user = next;
    },
    want(want) {
      wanted = want;
      tell(front(), { type: "place.want", want: want ?? null });
    },
    look: () => tell(front(), { type: "place.look" }),
    play: () => tell(front(), { type: "place.play" }),
    accept(port) {
      if (!port.sender.fromUs) return port.close();
      tell(front(), { type: "place.want", want: null });
      pages.push(port);
      port.onMessage((raw) => {
        const message = fromPlaceSchema.safeParse(raw).data;
        if (!message || port !== front()) return;
        if (message.type === "place.ask") void answer(port, message.re);
        else user?.hear(message);
      });
      port.onClose(() => {
        const wasFront = port === front();
        pages = pages.filter((other) => other !== port);
        if (!wasFront) return;
        user?.hear({ type: "place.state", state: VOICE_OFF });
        tell(front(), { type: "place.want", want: wanted ?? null });
      });
      tell(port, { type: "place.want", want: wanted ?? null });
    },
  };
}
