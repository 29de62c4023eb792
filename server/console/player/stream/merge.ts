import type { SafeEvent, SafeIncrement } from "./safe-event.ts";
import type { SafeNode } from "./safe-node.ts";

/**
 * One stream out of the recorders of a tab: each document's node ids are moved into a range of
 * their own, which can be undone for what goes back. A child's key frame becomes the content of
 * its frame element. Key frames go top down: a parent's drops its children, who then wait for
 * theirs.
 */
export type Frame = { readonly document: string; readonly index: number };
type Known<E> = Frame & {
  parent: { document: string; node: number } | undefined;
  root: number | undefined;
  ready: boolean;
  /** What came before the parent was ready: its last key frame and what followed. */
  queue: E[];
};

const RANGE = 10_000_000;
const MAX_FRAMES = 100;
const MAX_QUEUE = 5000;

function globalId(frame: Frame, id: number): number {
  return id + frame.index * RANGE;
}

/** `E`: events as they arrive; they are only looked at for their type until they may be drawn. */
export function createMerge<E = unknown>() {
  let known = new Map<string, Known<E>>();
  let top: Known<E> | undefined;

  function childrenOf(document: string): Known<E>[] {
    return [...known.values()].filter((frame) => frame.parent?.document === document);
  }

  function forget(document: string): void {
    for (const child of childrenOf(document)) {
      child.ready = false;
      forget(child.document);
    }
  }

  function isParentReady(frame: Known<E>): boolean {
    return frame.parent === undefined || known.get(frame.parent.document)?.ready === true;
  }

  /** The events that may be drawn now, each with its frame; the others wait or are dropped. */
  function route(document: string, events: E[]): { frame: Frame; event: E }[] {
    const frame = known.get(document);
    if (!frame) return [];
    const ready: { frame: Frame; event: E }[] = [];
    for (const event of events) {
      const isKey = isKeyFrame(event);
      if (!isParentReady(frame)) {
        if (isKey) frame.queue = [];
        if ((isKey || frame.queue.length > 0) && frame.queue.length < MAX_QUEUE)
          frame.queue.push(event);
        continue;
      }
      if (isKey) {
        forget(document);
        frame.ready = true;
      }
      // The top document's Meta comes before its first key frame.
      if (!frame.ready && (frame !== top || !isMeta(event))) continue;
      ready.push({ frame, event });
    }
    return ready;
  }

  return {
    /** A new document. Without a parent it replaces the whole mirror; the same one twice is nothing. */
    page(document: string, parent?: { document: string; node: number }): void {
      const already = known.get(document);
      if (already) {
        already.parent = parent;
        return;
      }
      if (!parent) known = new Map();
      else if (known.size >= MAX_FRAMES || !known.has(parent.document)) return;
      const frame: Known<E> = {
        document,
        index: known.size,
        parent,
        root: undefined,
        ready: false,
        queue: [],
      };
      known.set(document, frame);
      if (!parent) top = frame;
    },
    isTop: (document: string): boolean => top?.document === document,
    route,
    /** What waited for the documents above it. Call after a key frame was drawn. */
    released(document: string): { frame: Frame; event: E }[] {
      return childrenOf(document).flatMap((child) => {
        const queue = child.queue;
        child.queue = [];
        return [...route(child.document, queue), ...this.released(child.document)];
      });
    },
    globalId,
    resolve(id: number): { document: string; node: number } | undefined {
      const index = Math.floor(id / RANGE);
      const frame = [...known.values()].find((candidate) => candidate.index === index);
      return frame && { document: frame.document, node: id - index * RANGE };
    },
    find(document: string, node: number): number | undefined {
      const frame = known.get(document);
      return frame && globalId(frame, node);
    },
    /** A safe event of one document, as an event of the merged stream. It is changed in place. */
    translate(frame: Frame, event: SafeEvent): SafeEvent | undefined {
      if (frame.index === 0) return event;
      const child = known.get(frame.document);
      if (!child?.parent) return undefined;
      const move = (id: number): number => globalId(frame, id);
      if (event.type === 4) return undefined;
      if (event.type === 2) {
        const parentId = this.find(child.parent.document, child.parent.node);
        if (parentId === undefined) return undefined;
        child.root = move(event.data.node.id);
        moveNode(event.data.node, move, child.root);
        return {
          type: 3,
          data: {
            source: 0,
            adds: [{ parentId, nextId: null, node: event.data.node }],
            removes: [],
            texts: [],
            attributes: [],
            isAttachIframe: true,
          },
        };
      }
      const data = moveIncrement(event.data, move, child.root);
      return data && { type: 3, data };
    },
  };
}

function isKeyFrame(event: unknown): boolean {
  return typeOf(event) === 2;
}

function isMeta(event: unknown): boolean {
  return typeOf(event) === 4;
}

function typeOf(event: unknown): unknown {
  return typeof event === "object" && event !== null && "type" in event ? event.type : undefined;
}

type Move = (id: number) => number;

function moveNode(node: SafeNode, move: Move, root: number | undefined): void {
  node.id = move(node.id);
  if (node.rootId !== undefined) node.rootId = move(node.rootId);
  else if (node.type !== 0 && root !== undefined) node.rootId = root;
  for (const child of node.childNodes ?? []) moveNode(child, move, root);
}

function moveSheet(sheet: { id?: number; styleId?: number }, move: Move): void {
  if (sheet.id !== undefined) sheet.id = move(sheet.id);
  if (sheet.styleId !== undefined) sheet.styleId = move(sheet.styleId);
}

function moveIncrement(
  data: SafeIncrement,
  move: Move,
  root: number | undefined,
): SafeIncrement | undefined {
  switch (data.source) {
    case 0:
      for (const add of data.adds) {
        add.parentId = move(add.parentId);
        if (add.nextId !== null) add.nextId = move(add.nextId);
        moveNode(add.node, move, root);
      }
      for (const remove of data.removes) {
        remove.parentId = move(remove.parentId);
        remove.id = move(remove.id);
      }
      for (const change of [...data.texts, ...data.attributes]) change.id = move(change.id);
      return data;
    case 1:
    case 6:
    case 12:
      for (const position of data.positions) position.id = move(position.id);
      return data;
    case 2:
    case 3:
    case 5:
      data.id = move(data.id);
      return data;
    case 4:
      // The size of a child's window is its frame element's.
      return undefined;
    case 8:
    case 13:
      moveSheet(data, move);
      return data;
    case 14:
      for (const range of data.ranges) {
        range.start = move(range.start);
        range.end = move(range.end);
      }
      return data;
    case 15:
      data.id = move(data.id);
      data.styleIds = data.styleIds.map(move);
      for (const style of data.styles ?? []) style.styleId = move(style.styleId);
      return data;
    default:
      return undefined;
  }
}
