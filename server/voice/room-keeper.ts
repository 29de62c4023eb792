import type { Unsubscribe } from "../bus/bus.ts";
import { parseWord, VOICE_TOPIC } from "../bus/word.ts";
import type { Context } from "../context.ts";
import { errorFields } from "../log.ts";
import { closeRooms } from "./close-rooms.ts";
import { forgetOldEvents } from "./take-event.ts";

const TIDY_EVERY_MS = 60_000;

export interface RoomKeeper {
  /** Takes nothing new, and resolves when what was begun is done. Every request to LiveKit is short. */
  drain(): Promise<void>;
}

/** [A4] Closes rooms when the bus says that a session is over, and looks for what the bus lost. */
export function keepRooms(ctx: Context): RoomKeeper {
  if (!ctx.livekit) return { async drain() {} };
  const works = new Set<Promise<void>>();
  let stopped = false;

  function run(work: () => Promise<void>): void {
    if (stopped) return;
    const done = work()
      .catch((error: unknown) => ctx.log.warn(errorFields(error), "voice rooms were not looked at"))
      .finally(() => works.delete(done));
    works.add(done);
  }

  function onWord(payload: Uint8Array): void {
    try {
      const word = parseWord(payload);
      if (word.to === "voice") run(() => closeRooms(ctx, word.session));
    } catch (error) {
      ctx.log.warn(errorFields(error), "a word of the bus is not in form");
    }
  }

  const hearing: Promise<Unsubscribe | undefined> = ctx.bus
    .subscribe(VOICE_TOPIC, onWord)
    .catch((error: unknown) => {
      ctx.log.warn(errorFields(error), "the bus is away: ended sessions are looked for");
      return undefined;
    });
  const timers = [
    setInterval(() => run(() => closeRooms(ctx)), ctx.timings.sweepMs),
    setInterval(() => run(() => forgetOldEvents(ctx)), TIDY_EVERY_MS),
  ];

  return {
    async drain() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await (await hearing)?.().catch(() => {});
      await Promise.all(works);
    },
  };
}
