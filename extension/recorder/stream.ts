import type { MirrorEvent, RecorderToHost } from "../messaging/recorder-port.ts";
import { createAssets, drawnImage } from "./assets.ts";
import { createBatch } from "./batch.ts";
import { type Capture, startCapture } from "./capture.ts";
import { type LookAgain, startLookAgain } from "./hints/look-again.ts";
import { shadowRootOf } from "./isolated-world.ts";
import { createMask, fieldStateEvents, type Mask } from "./mask.ts";
import { baseOf, isDocument, isElement, isHtml, isNode, parentElementOf } from "./masking/dom.ts";
import { createFieldStates, isField, placeholderOf } from "./masking/field-states.ts";
import {
  EVENT,
  type Fields,
  fieldsOf,
  listOf,
  type RawEvent,
  SOURCE,
} from "./masking/serialized.ts";

/** Key frames that we ask of ourselves are at least this far apart. */
const OWN_KEY_MS = 1_000;
const WATCH_MS = 500;

export type Stream = {
  nodeOf: (id: number) => Node | null;
  idOf: (node: Node) => number;
  /** A key frame, in a task of its own. */
  key(): void;
  /** The Port is lost: nothing is kept for it; a key frame comes with the next one. */
  hold(): void;
  stop(): void;
};

/** Capture → mask → batch → Port, for one document. */
export function startStream(parts: {
  salt: Uint8Array;
  overlay: Element;
  send: (message: RecorderToHost) => void;
  /** The mask threw: nothing more leaves. */
  failed: () => void;
}): Stream {
  const { send } = parts;
  const abort = new AbortController();
  let stopped = false;
  let held = false;
  let keyTimer: ReturnType<typeof setTimeout> | undefined;
  let lastKeyAt = -Infinity;
  /** While a key frame is taken: its events, in order. */
  let gathering: MirrorEvent[] | undefined = [];
  let meanwhile: MirrorEvent[] | undefined;
  let capture: Capture | undefined;
  let look: LookAgain | undefined;

  const batch = createBatch((key, events) => {
    send({
      type: "recorder.events",
      key,
      viewport: {
        width: Math.max(1, Math.round(window.innerWidth)),
        height: Math.max(1, Math.round(window.innerHeight)),
      },
      events,
    });
  });
  const assets = createAssets({
    salt: parts.salt,
    origin: location.origin,
    fetch: (url, init) => fetch(url, init),
    drawn: (url) => drawnImage(url).catch(() => undefined),
    tell: send,
  });
  const nodeOf = (id: number): Node | null => capture?.nodeOf(id) ?? firstMirror?.(id) ?? null;
  const fields = createFieldStates((element, state) => {
    const id = capture?.idOf(element) ?? -1;
    if (id < 1 || stopped) return;
    for (const event of fieldStateEvents(id, state, placeholderOf(element, state), Date.now()))
      give(event);
  });
  const mask: Mask = createMask({
    salt: parts.salt,
    origin: location.origin,
    fields,
    nodeOf,
    address: (url, kind, base) => assets.address(url, kind, base ?? baseOf(document)),
    needKey: () => askForKey(OWN_KEY_MS),
    styleReplaced: (element) => look?.styleReplaced(element),
  });
  let firstMirror: ((id: number) => Node | null) | undefined;

  const fail = (): void => {
    if (stopped) return;
    stop();
    parts.failed();
  };

  const give = (event: MirrorEvent): void => {
    // What a field tells while its own mutation is being masked comes after it.
    if (meanwhile !== undefined) meanwhile.push(event);
    else if (gathering !== undefined) gathering.push(event);
    else if (!held) batch.add(event);
  };

  const noteRaw = (event: RawEvent): void => {
    if (event.type !== EVENT.incremental) return;
    const data = fieldsOf(event.data);
    if (data["source"] === SOURCE.adoptedStyleSheet) noteAdopted(data);
    if (data["isAttachIframe"] === true) noteFrame(data);
  };

  const noteAdopted = (data: Fields): void => {
    const owner = nodeOf(Number(data["id"]));
    if (owner === null) return;
    if (isDocument(owner)) look?.adopted(owner, data["styleIds"]);
    else if (isElement(owner)) {
      const root = shadowRootOf(owner);
      if (root !== null) look?.adopted(root, data["styleIds"]);
    }
  };

  const noteFrame = (data: Fields): void => {
    for (const add of listOf(data["adds"])) {
      const frame = nodeOf(Number(add["parentId"]));
      if (!isElement(frame) || !isHtml(frame, "iframe")) continue;
      const view = frame.contentWindow;
      if (view !== null) look?.attach(view);
    }
  };

  const onRaw = (event: RawEvent): void => {
    if (stopped) return;
    // rrweb begins a key frame with Meta: what was gathered before it is part of no mirror.
    if (event.type === EVENT.meta) gathering ??= [];
    if (held && gathering === undefined) return;
    const after: MirrorEvent[] = [];
    meanwhile = after;
    try {
      const masked = mask.event(event);
      meanwhile = undefined;
      if (masked !== undefined) give(masked);
      for (const told of after) give(told);
      noteRaw(event);
    } catch {
      return fail();
    } finally {
      meanwhile = undefined;
    }
    // Before the document is ready rrweb takes its first key frame by itself.
    if (event.type === EVENT.fullSnapshot) queueMicrotask(endKey);
    return undefined;
  };

  const endKey = (): void => {
    if (gathering === undefined || stopped) return;
    const events = gathering;
    gathering = undefined;
    if (!events.some(({ type }) => type === EVENT.fullSnapshot)) return;
    lastKeyAt = performance.now();
    look?.keyTaken();
    batch.key(events);
  };

  const takeKey = (): void => {
    keyTimer = undefined;
    if (stopped || capture === undefined || capture.flooded) return;
    held = false;
    try {
      capture.flush();
      gathering = [];
      capture.key();
      endKey();
    } catch {
      fail();
    }
  };

  const askForKey = (apart: number): void => {
    if (stopped || keyTimer !== undefined) return;
    keyTimer = setTimeout(takeKey, Math.max(0, lastKeyAt + apart - performance.now()));
  };

  const stop = (): void => {
    stopped = true;
    abort.abort();
    clearTimeout(keyTimer);
    clearInterval(watch);
    look?.stop();
    capture?.stop();
    fields.stop();
    assets.stop();
    batch.clear();
  };

  const onLoad = ({ target }: Event): void => {
    if (!isNode(target) || !isElement(target) || !isHtml(target, "img")) return;
    assets.loaded(target.currentSrc);
    const id = capture?.idOf(target) ?? -1;
    if (id < 1 || target.currentSrc === "") return;
    const src = assets.address(target.currentSrc, "image", baseOf(document));
    if (src !== undefined && !src.startsWith("data:")) give(attributeEvent(id, { src }));
  };

  const watchResources = (): PerformanceObserver => {
    const observer = new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) assets.loaded(name);
    });
    observer.observe({ type: "resource", buffered: true });
    abort.signal.addEventListener("abort", () => observer.disconnect());
    return observer;
  };

  // An HTML document that was replaced (document.open) has lost our listeners.
  let root = document.documentElement;
  const watch = setInterval(() => {
    if (document.documentElement === root) return;
    root = document.documentElement;
    askForKey(OWN_KEY_MS);
  }, WATCH_MS);

  capture = startCapture({
    overlay: parts.overlay,
    emit: onRaw,
    mirror: (lookup) => {
      firstMirror = lookup;
    },
    onFailure: () => askForKey(OWN_KEY_MS),
    onCalm: () => askForKey(0),
  });
  endKey();
  look = startLookAgain({
    idOf: capture.idOf,
    css: (text, base) => mask.css(text, base),
    emit: (event) => give(event),
    touchField: (element) => fields.touch(element, false),
  });
  watchResources();
  const options = { capture: true, passive: true, signal: abort.signal } as const;
  document.addEventListener("load", onLoad, options);
  document.addEventListener(
    "focusout",
    (event) => {
      const field = fieldOf(event);
      if (field !== undefined) fields.leave(field);
    },
    options,
  );
  document.addEventListener(
    "reset",
    ({ target }) =>
      setTimeout(() => {
        if (!isNode(target) || !isElement(target)) return;
        for (const field of Element.prototype.querySelectorAll.call(
          target,
          "input, textarea, select",
        ))
          if (isField(field)) fields.touch(field, false);
      }, 0),
    options,
  );
  for (const image of document.images) if (image.complete) assets.loaded(image.currentSrc);

  const { idOf } = capture;
  return {
    nodeOf,
    idOf,
    key: () => askForKey(0),
    hold() {
      held = true;
      batch.clear();
    },
    stop,
  };
}

function fieldOf(event: Event): Element | undefined {
  const [target] = event.composedPath();
  if (!isNode(target)) return undefined;
  let at: Element | null = isElement(target) ? target : parentElementOf(target);
  while (at !== null && !isField(at)) at = parentElementOf(at);
  return at ?? undefined;
}

function attributeEvent(id: number, attributes: Fields): MirrorEvent {
  return {
    type: EVENT.incremental,
    timestamp: Date.now(),
    data: {
      source: SOURCE.mutation,
      texts: [],
      removes: [],
      adds: [],
      attributes: [{ id, attributes }],
    },
  };
}
