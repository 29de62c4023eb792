import { parentOf } from "./masking/dom.ts";

/**
 * Stands between the page's mutations and rrweb, so that the page's own work comes first ([design §8]).
 *
 * - Quiet page: records go to rrweb at once.
 * - Busy page: records wait for the next beat and are merged; the busier, the rarer the beat.
 * - Flood: nothing is observed until the page is calm; then one key frame replaces all that was missed.
 */
export type FloodGuard = {
  /** What rrweb must use instead of the native constructor. */
  readonly Observer: typeof MutationObserver;
  /** Hands over what waits, now. */
  flush: () => void;
  /** While held, nothing is handed over: a snapshot is being taken in steps. */
  hold: (held: boolean) => void;
  /** Lets rrweb read these nodes as if they had just been added. */
  feed: (nodes: readonly Node[]) => void;
  readonly flooded: boolean;
  stop(): void;
};

const BEAT_MS = 40;
/** At most a fifth of the time goes to rrweb. */
const SHARE = 4;
const MAX_BEAT_MS = 1_000;
/** Above this many added nodes or records in one beat a key frame costs the page less. */
const MAX_NODES = 5_000;
const MAX_RECORDS = 10_000;
const CALM_TICK_MS = 100;
const CALM_TICKS = 2;
const CALM_RECORDS = 50;
const FIRST_WAIT_MS = 4_000;
const LONGEST_WAIT_MS = 16_000;
const FORGIVEN_AFTER_MS = 10_000;

const Native = MutationObserver;

type Guarded = {
  native: MutationObserver;
  callback: MutationCallback;
  self: MutationObserver;
  targets: { node: Node; options: MutationObserverInit | undefined }[];
  waiting: MutationRecord[];
};

/** rrweb reads the final state from the page: of several changes of one thing the first says all. */
function mergeRecords(records: MutationRecord[]): MutationRecord[] {
  const seen = new Map<Node, Set<string>>();
  return records.filter((record) => {
    if (record.type === "childList") return true;
    const key = record.type === "attributes" ? `@${record.attributeName}` : "#";
    const keys = seen.get(record.target);
    if (keys === undefined) {
      seen.set(record.target, new Set([key]));
      return true;
    }
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  });
}

const NO_NODES = document.createDocumentFragment().childNodes;

/** A record as the browser would have made it. */
function additionOf(node: Node): MutationRecord[] {
  const target = parentOf(node);
  if (target === null) return [];
  return [
    {
      type: "childList",
      target,
      // rrweb only asks each list for its nodes.
      addedNodes: listOf(node),
      removedNodes: NO_NODES,
      previousSibling: null,
      nextSibling: null,
      attributeName: null,
      attributeNamespace: null,
      oldValue: null,
    },
  ];
}

function listOf(node: Node): NodeList {
  const list: readonly Node[] = [node];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an array has the `forEach` that is used
  return list as unknown as NodeList;
}

function countAdded(records: MutationRecord[], limit: number): number {
  let count = 0;
  for (const record of records) {
    if (record.type !== "childList") continue;
    count += record.addedNodes.length + record.removedNodes.length;
    for (const node of record.addedNodes) {
      if (node instanceof Element)
        count += Element.prototype.getElementsByTagName.call(node, "*").length;
      if (count > limit) return count;
    }
  }
  return count;
}

export function createFloodGuard(parts: { onFlood: () => void; onCalm: () => void }): FloodGuard {
  const guards = new Set<Guarded>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let nextBeatAt = 0;
  let waitingRecords = 0;
  let waitingNodes = 0;
  let flooded = false;
  let held = false;
  let stopped = false;
  let wait = FIRST_WAIT_MS;
  let lastFloodAt = -Infinity;
  let watcher: MutationObserver | undefined;
  let calmTimer: ReturnType<typeof setInterval> | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (flooded || stopped || held) return;
    for (const guard of guards) {
      for (const record of guard.native.takeRecords()) guard.waiting.push(record);
    }
    waitingRecords = 0;
    waitingNodes = 0;
    const began = performance.now();
    for (const guard of guards) {
      if (guard.waiting.length === 0) continue;
      const records = mergeRecords(guard.waiting);
      guard.waiting = [];
      guard.callback(records, guard.self);
    }
    const ended = performance.now();
    nextBeatAt = ended + Math.min(MAX_BEAT_MS, Math.max(BEAT_MS, (ended - began) * SHARE));
  };

  const calm = (): void => {
    clearInterval(calmTimer);
    watcher?.disconnect();
    watcher = undefined;
    flooded = false;
    for (const guard of guards)
      for (const { node, options } of guard.targets) guard.native.observe(node, options);
    nextBeatAt = 0;
    parts.onCalm();
  };

  const flood = (): void => {
    const now = performance.now();
    wait =
      now - lastFloodAt < FORGIVEN_AFTER_MS + wait
        ? Math.min(wait * 2, LONGEST_WAIT_MS)
        : FIRST_WAIT_MS;
    lastFloodAt = now;
    flooded = true;
    clearTimeout(timer);
    timer = undefined;
    waitingRecords = 0;
    waitingNodes = 0;
    for (const guard of guards) {
      guard.native.disconnect();
      guard.waiting = [];
    }
    let records = 0;
    let calmTicks = 0;
    const began = now;
    parts.onFlood();
    // Without old values: the lightest way to know whether the page is still at it.
    watcher = new Native((batch) => {
      records += batch.length;
    });
    watcher.observe(document, {
      childList: true,
      attributes: true,
      characterData: true,
      subtree: true,
    });
    calmTimer = setInterval(() => {
      calmTicks = records > CALM_RECORDS ? 0 : calmTicks + 1;
      records = 0;
      if (calmTicks >= CALM_TICKS || performance.now() - began > wait) calm();
    }, CALM_TICK_MS);
  };

  const receive = (guard: Guarded, records: MutationRecord[]): void => {
    if (flooded || stopped) return;
    waitingRecords += records.length;
    waitingNodes += countAdded(records, MAX_NODES);
    if (waitingNodes > MAX_NODES || waitingRecords > MAX_RECORDS) return flood();
    // A loop, not a spread: a batch may hold more records than a call may have arguments.
    for (const record of records) guard.waiting.push(record);
    if (timer !== undefined || held) return undefined;
    const delay = nextBeatAt - performance.now();
    if (delay <= 0) return flush();
    timer = setTimeout(flush, delay);
    return undefined;
  };

  const observe = (callback: MutationCallback): MutationObserver => {
    const self = {
      observe(node: Node, options?: MutationObserverInit) {
        guard.targets.push({ node, options });
        guards.add(guard);
        if (!flooded) guard.native.observe(node, options);
      },
      disconnect() {
        guard.targets = [];
        guard.waiting = [];
        guards.delete(guard);
        guard.native.disconnect();
      },
      takeRecords() {
        const records = [...guard.waiting, ...guard.native.takeRecords()];
        guard.waiting = [];
        return records;
      },
    } satisfies MutationObserver;
    const guard: Guarded = {
      native: new Native((records) => receive(guard, records)),
      callback,
      self,
      targets: [],
      waiting: [],
    };
    return self;
  };

  return {
    // A proxy of the native constructor: rrweb takes only what looks native.
    Observer: new Proxy(Native, {
      construct: (_native, [callback]: [MutationCallback]) => observe(callback),
    }),
    flush,
    hold(hold) {
      held = hold;
      nextBeatAt = 0;
      if (!held) flush();
    },
    feed(nodes) {
      const [guard] = guards;
      if (guard === undefined || nodes.length === 0) return;
      guard.callback(nodes.flatMap(additionOf), guard.self);
    },
    get flooded() {
      return flooded;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      clearInterval(calmTimer);
      watcher?.disconnect();
      for (const guard of guards) guard.native.disconnect();
      guards.clear();
    },
  };
}
