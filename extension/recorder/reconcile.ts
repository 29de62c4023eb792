import type { MirrorEvent } from "../messaging/recorder-port.ts";
import { type Fields, fieldsOf, listOf, numberOf, SOURCE } from "./masking/serialized.ts";

/** Node → parent, as a snapshot told them. */
export type Told = Map<number, number>;

/**
 * What came into the document while its snapshot was being taken is in the snapshot, and in the
 * observers' records too. The player would draw it twice: it first has to take away what it has.
 */
export function withoutDoubles(event: MirrorEvent, told: Told): MirrorEvent {
  const data = fieldsOf(event.data);
  if (data["source"] !== SOURCE.mutation) return event;
  const removes = listOf(data["removes"]);
  const removed = new Set(removes.map(({ id }) => numberOf(id)));
  const doubles: Fields[] = [];
  for (const add of listOf(data["adds"])) {
    const id = numberOf(fieldsOf(add["node"])["id"]);
    const parentId = told.get(id);
    if (parentId === undefined || removed.has(id)) continue;
    doubles.push({ parentId, id });
  }
  if (doubles.length === 0) return event;
  // Inner ones first: they come after the outer ones.
  return { ...event, data: { ...data, removes: [...removes, ...doubles.toReversed()] } };
}
