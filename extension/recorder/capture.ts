import { record } from "rrweb";

import { createFloodGuard } from "./flood-guard.ts";
import { prepareIsolatedWorld, useObserver } from "./isolated-world.ts";
import { NODE, type RawEvent } from "./masking/serialized.ts";

/** rrweb's own mark for a node that it must not see. */
const IGNORED = -2;

export type Capture = {
  nodeOf: (id: number) => Node | null;
  idOf: (node: Node) => number;
  /** Hands over the mutations that wait. */
  flush: () => void;
  /** A key frame, within this task. */
  key(): void;
  readonly flooded: boolean;
  stop(): void;
};

/** What rrweb reads of its mirror; its own type is wider than what is used here. */
type NodeMirror = {
  getNode(id: number): Node | null;
  getId(node: Node): number;
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
  /** rrweb's mirror exists; its first key frame follows within the same call. */
  mirror(lookup: (id: number) => Node | null): void;
  onFailure(): void;
  onCalm(): void;
}): Capture {
  prepareIsolatedWorld(parts.overlay);
  const guard = createFloodGuard(() => {
    prune();
    parts.onCalm();
  });
  const release = useObserver(guard.Observer);
  let stopped = false;
  let mirror: NodeMirror | undefined;
  let asked = 0;

  const stopRecording = record({
    emit: (event) => {
      if (!stopped) parts.emit(event);
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
    // A negative pause: rrweb's throttle is shared by all targets and keeps the first one's place.
    sampling: { mousemove: 50, mousemoveCallback: 100, scroll: -1, media: 800, input: "all" },
    plugins: [
      {
        name: "epaule",
        options: {},
        getMirror: ({ nodeMirror }) => {
          mirror = nodeMirror;
          parts.mirror((id) => nodeMirror.getNode(id));
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
      if (node !== null && node !== undefined && id > 0 && !node.isConnected)
        mirror?.removeNodeFromMap(node);
    }
  }

  return {
    nodeOf: (id) => mirror?.getNode(id) ?? null,
    idOf: (node) => mirror?.getId(node) ?? -1,
    flush: guard.flush,
    get flooded() {
      return guard.flooded;
    },
    key() {
      guard.flush();
      record.takeFullSnapshot(true);
    },
    stop() {
      stopped = true;
      guard.stop();
      stopRecording();
      release();
    },
  };
}
