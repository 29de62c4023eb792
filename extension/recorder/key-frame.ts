import type { MirrorEvent } from "../messaging/recorder-port.ts";
import { EVENT } from "./masking/serialized.ts";

/** The page gets its turn at least this often while a snapshot is taken. */
const SLICE_MS = 40;
/** The host refuses a longer message. */
const MAX_LENGTH = 30 * 1024 * 1024;

/**
 * One key frame on its way: rrweb's Meta, our snapshot in steps, and what happened meanwhile, in
 * the order in which the mirror must see it.
 */
export type KeyFrame = {
  add(event: MirrorEvent): void;
  /** Starts to read the document; `done` gets the events as JSON. */
  run(snapshot: Generator<void, string>, head: { timestamp: number; offset: unknown }): void;
  cancel(): void;
};

export function createKeyFrame(parts: {
  /** The document is read: what waits may come. */
  read: () => void;
  done: (events: string) => void;
  failed: () => void;
}): KeyFrame {
  let before: MirrorEvent[] = [];
  let after: MirrorEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const finish = (node: string, head: { timestamp: number; offset: unknown }): void => {
    parts.read();
    const whole = `{"type":2,"timestamp":${head.timestamp},"data":{"node":${node},"initialOffset":${JSON.stringify(head.offset)}}}`;
    const pieces = [...before.map(json), whole, ...after.map(json)];
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (length > MAX_LENGTH) parts.failed();
    else parts.done(`[${pieces.join(",")}]`);
  };

  return {
    add(event) {
      // rrweb tells what a document adopts before we have begun to read: it follows all the same.
      (event.type === EVENT.meta ? before : after).push(event);
    },
    run(snapshot, head) {
      const step = (): void => {
        const until = performance.now() + SLICE_MS;
        try {
          for (;;) {
            const next = snapshot.next();
            if (next.done === true) return finish(next.value, head);
            if (performance.now() > until) break;
          }
        } catch {
          return parts.failed();
        }
        timer = setTimeout(step, 0);
        return undefined;
      };
      step();
    },
    cancel() {
      clearTimeout(timer);
      before = [];
      after = [];
    },
  };
}

function json(event: MirrorEvent): string {
  return JSON.stringify(event);
}
