import type { MirrorEvent, RecorderToHost } from "../messaging/recorder-port.ts";
import { createAssets, drawnImage } from "./assets.ts";
import { createAttachedFrames } from "./attached-frames.ts";
import { createBatch } from "./batch.ts";
import { watchBoxSizes } from "./box-sizes.ts";
import { type Book, type Capture, startCapture } from "./capture.ts";
import { type LookAgain, startLookAgain } from "./hints/look-again.ts";
import { shadowRootOf, withNativesMuted } from "./isolated-world.ts";
import { createKeyFrame, type KeyFrame } from "./key-frame.ts";
import { attributeEvent, createMask, fieldStateEvents, type Mask, shownEvent } from "./mask.ts";
import { boxChange } from "./masking/boxes.ts";
import { baseOf, isDocument, isElement, isHtml } from "./masking/dom.ts";
import { createFieldStates, placeholderOf } from "./masking/field-states.ts";
import {
  EVENT,
  type Fields,
  fieldsOf,
  listOf,
  numberOf,
  type RawEvent,
  SOURCE,
} from "./masking/serialized.ts";
import { type Told, reconcile } from "./reconcile.ts";
import { rulesIn, UNREADABLE } from "./sheet-rules.ts";
import { takeSnapshot } from "./snapshot.ts";
import { type PageWatch, watchPage } from "./watch-page.ts";
import { onSchemeChange, prefersDark } from "./window-look.ts";

/** Key frames that we ask of ourselves are at least this far apart. */
const OWN_KEY_MS = 1_000;
const WATCH_MS = 500;
/** A document that is ready and has given no key frame by then never will. */
const NO_KEY_MS = 5_000;

export type Stream = {
  nodeOf: (id: number) => Node | null;
  idOf: (node: Node) => number;
  /** A key frame, in a task of its own. */
  key(): void;
  /** The Port is lost: nothing is kept for it; a key frame comes with the next one. */
  hold(): void;
  stop(): void;
};

function viewport(): { width: number; height: number } {
  return {
    width: Math.max(1, Math.round(window.innerWidth)),
    height: Math.max(1, Math.round(window.innerHeight)),
  };
}

/** Capture → mask → batch → Port, for one document. */
export function startStream(parts: {
  salt: Uint8Array;
  overlay: Element;
  scrollBar: () => number | undefined;
  send: (message: RecorderToHost) => void;
  sendText: (message: string) => void;
  /** The mask threw: nothing more leaves. */
  failed: () => void;
  /** Something of the page went above all else, and perhaps above us. */
  topLayerChanged: () => void;
  /** The document was replaced (`document.open`), and our listeners with it. */
  replaced: () => void;
}): Stream {
  const { send } = parts;
  let stopped = false;
  let held = false;
  let keyTimer: ReturnType<typeof setTimeout> | undefined;
  let lastKeyAt = -Infinity;
  const startedAt = performance.now();
  let keyFrame: KeyFrame | undefined;
  let meanwhile: MirrorEvent[] | undefined;
  let late: Node[] = [];
  /** What the snapshot told, while what waited for it is being handed over. */
  let told: Told = new Map();
  let doubles: Told | undefined;
  let book: Book | undefined;
  let capture: Capture | undefined;
  let look: LookAgain | undefined;
  let pageWatch: PageWatch | undefined;

  const nodeOf = (id: number): Node | null => book?.nodeOf(id) ?? null;
  const idOf = (node: Node): number => book?.idOf(node) ?? -1;

  const batch = createBatch((events) =>
    send({ type: "recorder.events", key: false, viewport: viewport(), events }),
  );
  const assets = createAssets({
    salt: parts.salt,
    origin: location.origin,
    fetch: (url, init) => fetch(url, init),
    drawn: (url) => drawnImage(url).catch(() => undefined),
    tell: send,
  });
  const frames = createAttachedFrames();
  const fields = createFieldStates((element, state) => {
    const id = idOf(element);
    if (id < 1 || stopped) return;
    for (const event of fieldStateEvents(id, state, placeholderOf(element, state), Date.now()))
      give(event);
  });
  const boxSizes = watchBoxSizes((element) => {
    const id = idOf(element);
    if (id > 0 && !stopped) give(attributeEvent(id, boxChange(element, {})));
  });
  const mask: Mask = createMask({
    salt: parts.salt,
    origin: location.origin,
    fields,
    nodeOf,
    address: (url, kind, base) => assets.address(url, kind, base ?? baseOf(document)),
    chosen: (list) => {
      const id = idOf(list);
      if (id > 0) give(shownEvent(id, "", Date.now()));
    },
    boxed: (element) => boxSizes.follow(element),
    needKey: () => askForKey(OWN_KEY_MS),
    styleReplaced: (element) => look?.styleReplaced(element),
    linkTold: (link) => linkTold(link),
    look: () => ({ dark: prefersDark(), bar: parts.scrollBar() }),
  });

  const fail = (): void => {
    if (stopped) return;
    stop();
    parts.failed();
  };

  const give = (event: MirrorEvent): void => {
    // What a field tells while its own mutation is being masked comes after it.
    if (meanwhile !== undefined) meanwhile.push(event);
    else if (keyFrame !== undefined) keyFrame.add(event);
    else if (!held) batch.add(event);
  };

  const noteRaw = (event: RawEvent): void => {
    if (event.type !== EVENT.incremental) return;
    const data = fieldsOf(event.data);
    if (data["source"] === SOURCE.adoptedStyleSheet) noteAdopted(data);
    if (data["isAttachIframe"] === true) noteFrame(data);
  };

  const noteAdopted = (data: Fields): void => {
    const owner = nodeOf(numberOf(data["id"]));
    if (owner === null) return;
    if (isDocument(owner)) look?.adopted(owner, data);
    else if (isElement(owner)) {
      const root = shadowRootOf(owner);
      if (root !== null) look?.adopted(root, data);
    }
  };

  const noteFrame = (data: Fields): void => {
    for (const add of listOf(data["adds"])) {
      const frame = nodeOf(numberOf(add["parentId"]));
      if (!isElement(frame) || !isHtml(frame, "iframe")) continue;
      const { contentWindow } = frame;
      if (contentWindow === null) continue;
      look?.attach(contentWindow);
      pageWatch?.follow(contentWindow);
    }
  };

  const settled = (event: MirrorEvent): MirrorEvent =>
    doubles === undefined ? event : reconcile(event, doubles);

  const onRaw = (event: RawEvent): void => {
    if (stopped) return undefined;
    if (event.type === EVENT.meta) beginKey();
    if (event.type === EVENT.fullSnapshot) return fillKey(event);
    if (held && keyFrame === undefined) return undefined;
    const after: MirrorEvent[] = [];
    meanwhile = after;
    try {
      const masked = mask.event(event);
      meanwhile = undefined;
      if (masked !== undefined) give(settled(frames.follow(masked)));
      for (const later of after) give(later);
      noteRaw(event);
    } catch {
      return fail();
    } finally {
      meanwhile = undefined;
    }
    return undefined;
  };

  /** rrweb begins a key frame with Meta. */
  const beginKey = (): void => {
    keyFrame?.cancel();
    late = [];
    frames.reset();
    capture?.hold(true);
    look?.keyBegins();
    told = new Map();
    keyFrame = createKeyFrame({
      read: () => {
        capture?.feed(late);
        late = [];
        doubles = told;
        capture?.hold(false);
        doubles = undefined;
        told = new Map();
      },
      done: endKey,
      failed: fail,
    });
  };

  const fillKey = (event: RawEvent): void => {
    const offset = fieldsOf(fieldsOf(event.data)["initialOffset"]);
    const head = {
      timestamp: event.timestamp,
      offset: { left: numberOf(offset["left"]), top: numberOf(offset["top"]) },
    };
    // After rrweb has begun to observe, and before the page can run again.
    queueMicrotask(() => {
      if (stopped || book === undefined || keyFrame === undefined) return;
      capture?.hold(true);
      const snapshot = takeSnapshot(document, {
        book,
        nodes: mask.nodes,
        css: mask.css,
        shadowRootOf,
        observeShadow: (host) => {
          withNativesMuted(() => host.attachShadow({ mode: "open" }));
          const root = shadowRootOf(host);
          if (root !== null) look?.found(root);
        },
        told,
        sheetTold: (sheet, rules, text) => look?.told(sheet, rules, text),
        leave: (node) => late.push(node),
        unreadable: (link) => {
          void readStyle(link);
        },
      });
      keyFrame.run(snapshot, head);
    });
  };

  const readStyle = async (link: HTMLLinkElement): Promise<void> => {
    const { href } = link;
    const text = await assets.styleText(href);
    const id = idOf(link);
    if (text !== undefined && id > 0 && !stopped)
      give(attributeEvent(id, { _cssText: mask.css(text, href) }));
  };

  /** rrweb tells a sheet that the page may not read, or that is on its way, without its rules. */
  const linkTold = (link: HTMLLinkElement): void => {
    const read = (): void => {
      if (link.sheet !== null && rulesIn(link.sheet) === UNREADABLE) void readStyle(link);
    };
    if (link.sheet === null) link.addEventListener("load", read, { once: true });
    else read();
  };

  const endKey = (events: string): void => {
    keyFrame = undefined;
    if (stopped || held) return;
    lastKeyAt = performance.now();
    look?.keyTaken();
    batch.keySent();
    parts.sendText(
      `{"type":"recorder.events","key":true,"viewport":${JSON.stringify(viewport())},"events":${events}}`,
    );
  };

  const takeKey = (): void => {
    keyTimer = undefined;
    if (stopped || capture === undefined || capture.flooded) return;
    held = false;
    // One is on its way already.
    if (keyFrame !== undefined) return;
    try {
      capture.begin();
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
    clearTimeout(keyTimer);
    clearInterval(watch);
    keyFrame?.cancel();
    pageWatch?.stop();
    stopScheme();
    look?.stop();
    capture?.stop();
    fields.stop();
    boxSizes.stop();
    assets.stop();
    batch.clear();
  };

  const stopScheme = onSchemeChange(() => {
    const data = { source: SOURCE.viewportResize, ...viewport() };
    onRaw({ type: EVENT.incremental, timestamp: Date.now(), data });
  });

  const root = document.documentElement;
  const watch = setInterval(() => {
    const due = performance.now() - startedAt > NO_KEY_MS && document.readyState !== "loading";
    if (lastKeyAt === -Infinity && due && keyFrame === undefined && !held) fail();
    else if (root !== null && document.documentElement !== root && lastKeyAt !== -Infinity)
      parts.replaced();
  }, WATCH_MS);

  // Before rrweb: its first key frame may come within the call.
  look = startLookAgain({
    idOf,
    css: mask.css,
    emit: give,
    touchField: (element) => fields.touch(element, false),
    leftOut: () => askForKey(OWN_KEY_MS),
    topLayerChanged: parts.topLayerChanged,
  });
  try {
    capture = startCapture({
      overlay: parts.overlay,
      emit: onRaw,
      mirror: (made) => {
        book = made;
      },
      onFailure: () => askForKey(OWN_KEY_MS),
      onFlood: () => {
        keyFrame?.cancel();
        keyFrame = undefined;
        batch.clear();
        capture?.hold(false);
      },
      onCalm: () => askForKey(0),
    });
  } catch (error) {
    stop();
    throw error;
  }
  pageWatch = watchPage({
    fields,
    loaded: assets.loaded,
    frameLoads: () => capture?.flush(),
    imageShown: (image) => {
      const id = idOf(image);
      const src = assets.address(image.currentSrc, "image", baseOf(document));
      if (id > 0 && src !== undefined && !src.startsWith("data:"))
        give(attributeEvent(id, { src }));
    },
  });

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
