import { record } from "rrweb";

import { createFloodGuard } from "./flood-guard.ts";
import { hideChildren, prepareIsolatedWorld, useObserver } from "./isolated-world.ts";
import { isConnected } from "./masking/dom.ts";
import { EVENT, NODE, type RawEvent } from "./masking/serialized.ts";
import type { NodeBook } from "./snapshot.ts";

/** rrweb's own mark for a node that it must not see. */
const IGNORED = -2;

export type Book = NodeBook & { nodeOf: (id: number) => Node | null };

export type Capture = {
  /** Hands over the mutations that wait. */
  flush: () => void;
  /** rrweb's own key frame: the bare document, for us to fill, and what is adopted. */
  begin(): void;
  /** While held, mutations wait. */
  hold: (held: boolean) => void;
  feed: (nodes: readonly Node[]) => void;
  readonly flooded: boolean;
  stop(): void;
};

/** What rrweb reads of its mirror; its own type is wider than what is used here. */
type NodeMirror = {
  getNode(id: number): Node | null;
  getIds(): number[];
  removeNodeFromMap(node: Node): void;
};

const INPUT_TYPES = `color date datetime-local email month number range search tel text time url week
  textarea select password hidden file submit button reset image checkbox radio input`;

/**
 * rrweb on this document and the same-origin frames in it. `emit` gets raw events, in this world.
 * `onFailure`: rrweb threw on something in the page; a key frame puts it right.
 */
export function startCapture(parts: {
  overlay: Element;
  emit(event: RawEvent): void;
  /** rrweb's mirror exists; its first key frame follows, perhaps within the same call. */
  mirror(book: Book): void;
  onFailure(): void;
  onFlood: () => void;
  onCalm(): void;
}): Capture {
  prepareIsolatedWorld(parts.overlay);
  const guard = createFloodGuard({
    onFlood: parts.onFlood,
    onCalm: () => {
      prune();
      parts.onCalm();
    },
  });
  const release = useObserver(guard.Observer);
  let stopped = false;
  let mirror: NodeMirror | undefined;
  let asked = 0;

  const stopRecording = record({
    emit: (event) => {
      // rrweb reads the document between these two.
      const raw: RawEvent = event;
      if (raw.type === EVENT.meta) hideChildren(true);
      if (raw.type === EVENT.fullSnapshot) hideChildren(false);
      if (!stopped) parts.emit(raw);
    },
    recordAfter: "DOMContentLoaded",
    slimDOMOptions: "all",
    inlineStylesheet: true,
    inlineImages: false,
    recordCanvas: false,
    collectFonts: false,
    recordCrossOriginIframes: false,
    userTriggeredOnInput: true,
    maskInputOptions: Object.fromEntries(INPUT_TYPES.split(/\s+/).map((type) => [type, true])),
    // Not a value: rrweb tells a field again only when this differs from the last time.
    maskInputFn: () => String((asked += 1)),
    keepIframeSrcFn: () => false,
    // A negative pause is none. Of scrolls, rrweb's is shared by all targets and keeps the first one's
    // place; of moves, it drops the last, where the hand comes to rest.
    sampling: { mousemove: -1, mousemoveCallback: 100, scroll: -1, media: 800, input: "all" },
    plugins: [
      {
        name: "epaule",
        options: {},
        getMirror: ({ nodeMirror }) => {
          mirror = nodeMirror;
          parts.mirror({
            nodeOf: (id) => nodeMirror.getNode(id),
            idOf: (node) => nodeMirror.getId(node),
            add: (node, id, type, tagName) =>
              // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- rrweb's own number
              nodeMirror.add(node, { id, type, tagName, attributes: {}, childNodes: [] }),
          });
          nodeMirror.add(parts.overlay, {
            id: IGNORED,
            // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- rrweb's own number
            type: NODE.element,
            tagName: "div",
            attributes: {},
            childNodes: [],
          });
        },
      },
    ],
    errorHandler: () => {
      if (!stopped) parts.onFailure();
      return true;
    },
  });
  if (stopRecording === undefined) {
    guard.stop();
    release();
    throw new Error("rrweb did not start");
  }

  /** Nodes that left while nothing was observed would stay in the mirror for ever. */
  function prune(): void {
    for (const id of mirror?.getIds() ?? []) {
      const node = mirror?.getNode(id);
      if (node === null || node === undefined || id < 1 || isConnected(node)) continue;
      try {
        mirror?.removeNodeFromMap(node);
      } catch {
        // a form whose controls hide its children
      }
    }
  }

  return {
    flush: guard.flush,
    get flooded() {
      return guard.flooded;
    },
    begin() {
      guard.flush();
      try {
        record.takeFullSnapshot(true);
      } finally {
        hideChildren(false);
      }
    },
    hold: guard.hold,
    feed: guard.feed,
    stop() {
      stopped = true;
      guard.stop();
      stopRecording();
      release();
    },
  };
}
