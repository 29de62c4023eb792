import type { MirrorEvent } from "../messaging/recorder-port.ts";
import {
  type Fields,
  fieldsOf,
  listOf,
  nodeFrom,
  type SerializedNode,
} from "./masking/serialized.ts";

/**
 * rrweb reads a same-origin frame whole each time that it loads, but a player takes a document
 * only once. The second reading becomes plain additions.
 */
export type AttachedFrames = {
  /** Masked events only. */
  follow(event: MirrorEvent): MirrorEvent;
  /** A key frame: the player forgets every document. */
  reset(): void;
};

function* additions(parent: SerializedNode): Generator<Fields> {
  for (const child of parent.childNodes ?? []) {
    yield { parentId: parent.id, nextId: null, node: { ...child, ...emptied(child) } };
    yield* additions(child);
  }
}

function emptied(node: SerializedNode): Pick<SerializedNode, "childNodes"> {
  return node.childNodes === undefined ? {} : { childNodes: [] };
}

export function createAttachedFrames(): AttachedFrames {
  const known = new Set<number>();

  return {
    follow(event) {
      const { isAttachIframe, ...data } = fieldsOf(event.data);
      if (isAttachIframe !== true) return event;
      const [add] = listOf(data["adds"]);
      const document = nodeFrom(add?.["node"]);
      if (!known.has(document.id)) {
        known.add(document.id);
        return event;
      }
      return { ...event, data: { ...data, adds: [...additions(document)] } };
    },
    reset: () => known.clear(),
  };
}
