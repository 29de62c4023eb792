import type { MirrorEvent } from "../messaging/recorder-port.ts";
import { EVENT, fieldsOf, SOURCE } from "./masking/serialized.ts";

const BEAT_MS = 40;
const FULL = 50;

/**
 * Gathers masked events: the first after a pause leaves at once, then one message per 40 ms or
 * 50 events. What only the last of counts (where a box is scrolled, what a field shows) is kept once.
 */
export type Batch = {
  add(event: MirrorEvent): void;
  /** A key frame has just been sent: what waits is in it. */
  keySent(): void;
  clear(): void;
};

/** What an event replaces among those that wait. */
function subjectOf(event: MirrorEvent): string | undefined {
  if (event.type !== EVENT.incremental) return undefined;
  const { source, id } = fieldsOf(event.data);
  switch (source) {
    case SOURCE.scroll:
    case SOURCE.input:
      return `${source} ${String(id)}`;
    case SOURCE.viewportResize:
    case SOURCE.mouseMove:
    case SOURCE.touchMove:
    case SOURCE.drag:
      return String(source);
    default:
      return undefined;
  }
}

/** Of the pointer's way, where it is now is all that the mirror shows. */
function withLastPlace(event: MirrorEvent): MirrorEvent {
  const data = fieldsOf(event.data);
  const { positions } = data;
  if (!Array.isArray(positions) || positions.length < 2) return event;
  return { ...event, data: { ...data, positions: positions.slice(-1) } };
}

export function createBatch(send: (events: MirrorEvent[]) => void): Batch {
  let waiting: MirrorEvent[] = [];
  let subjects = new Map<string, MirrorEvent>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let nextAt = 0;

  const clear = (): void => {
    clearTimeout(timer);
    timer = undefined;
    waiting = [];
    subjects = new Map();
  };

  const flush = (): void => {
    const events = waiting;
    clear();
    nextAt = performance.now() + BEAT_MS;
    if (events.length > 0) send(events);
  };

  return {
    clear,
    add(event) {
      const subject = subjectOf(event);
      const kept = subject === undefined ? event : withLastPlace(event);
      if (subject !== undefined) {
        const before = subjects.get(subject);
        if (before !== undefined) waiting.splice(waiting.lastIndexOf(before), 1);
        subjects.set(subject, kept);
      }
      waiting.push(kept);
      if (waiting.length >= FULL) return flush();
      timer ??= setTimeout(flush, Math.max(0, nextAt - performance.now()));
      return undefined;
    },
    keySent() {
      clear();
      nextAt = performance.now() + BEAT_MS;
    },
  };
}
