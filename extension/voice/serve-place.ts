import { AppError } from "../../shared/errors.ts";
import type { Port } from "../messaging/ports.ts";
import { type Ticket, toPlaceSchema } from "../messaging/voice-port.ts";
import type { VoicePlace } from "./voice-place.ts";

/** An event page that has just gone comes back when it is spoken to. */
const AGAIN_MS = 1_000;

/** The page's side of a voice whose session host is elsewhere. It comes back by itself. */
export function servePlace(place: VoicePlace, connect: () => Port): void {
  let port: Port | undefined;
  let asked = 0;
  const waiting = new Map<number, (ticket: Ticket | undefined) => void>();

  place.serve({
    async requestTicket() {
      asked += 1;
      const re = asked;
      const answer = new Promise<Ticket | undefined>((resolve) => waiting.set(re, resolve));
      port?.post({ type: "place.ask", re });
      const ticket = await answer;
      if (!ticket) throw new AppError("NO_VOICE", "no ticket for the voice");
      return ticket;
    },
    hear: (event) => port?.post(event),
  });

  function open(): void {
    const mine = connect();
    port = mine;
    mine.onMessage((raw) => {
      const message = toPlaceSchema.safeParse(raw).data;
      if (!message) return;
      if (message.type === "place.want") place.want(message.want ?? undefined);
      if (message.type === "place.look") place.look();
      if (message.type === "place.play") place.play();
      if (message.type !== "place.ticket") return;
      waiting.get(message.re)?.(message.ticket ?? undefined);
      waiting.delete(message.re);
    });
    mine.onClose(() => {
      // Without a session host nobody could stop it.
      place.want(undefined);
      for (const resolve of waiting.values()) resolve(undefined);
      waiting.clear();
      setTimeout(open, AGAIN_MS);
    });
  }

  open();
}
