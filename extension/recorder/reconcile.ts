import type { MirrorEvent } from "../messaging/recorder-port.ts";
import { type Fields, fieldsOf, listOf, numberOf, SOURCE } from "./masking/serialized.ts";

/** Node → parent, as a snapshot told them; negative when it stands in the parent's shadow root. */
export type Told = Map<number, number>;

function removalOf(id: number, parent: number): Fields {
  return parent < 0 ? { parentId: -parent, id, isShadow: true } : { parentId: parent, id };
}

/**
 * What moves while a snapshot is being taken is told twice: where the snapshot met it, and by the
 * observers. The player first has to take away what it has, from where it has it.
 */
export function reconcile(event: MirrorEvent, told: Told): MirrorEvent {
  const data = fieldsOf(event.data);
  if (data["source"] !== SOURCE.mutation) return event;
  const removes: Fields[] = [];
  const removed = new Set<number>();
  const remove = (id: number): void => {
    const parent = told.get(id);
    if (parent === undefined || removed.has(id)) return;
    removed.add(id);
    removes.push(removalOf(id, parent));
  };
  // Inner ones first: they come after the outer ones.
  for (const add of listOf(data["adds"]).toReversed())
    remove(numberOf(fieldsOf(add["node"])["id"]));
  for (const { id } of listOf(data["removes"])) remove(numberOf(id));
  return { ...event, data: { ...data, removes } };
}
