import { adaptHover } from "../stream/hover-css.ts";
import { createMerge, type Frame } from "../stream/merge.ts";
import { type SafeLook, safeEvent } from "../stream/safe-event.ts";
import { createBudget, createCssReader } from "../stream/safe-value.ts";
import { createTextCache } from "../stream/text-cache.ts";
import type { Notice, PlayerWords } from "../words.ts";
import { type Assets, createAssets, labelledBox } from "./assets.ts";
import { createRebuild, type Rebuild } from "./rebuild.ts";

/** How long a new key frame may wait, unseen, for its images before it is shown anyway. */
const DECODE_MS = 250;
/** Shorter texts (attributes, single rules) are not worth remembering. */
const WORTH_ADAPTING = 256;
const DRIFT_EVERY_MS = 5_000;

/** rrweb's kinds of mouse interaction that say where the hand is; focus and blur don't. */
const CLICK = 2;
const TOUCH_START = 7;
const POINTED: ReadonlySet<number> = new Set([0, 1, CLICK, 3, 4, TOUCH_START, 9]);

export type Pointer = { node: Node; x: number; y: number; click: boolean };

type View = { root: HTMLElement; rebuild: Rebuild };

/**
 * The mirrored tab: merges the documents of the stream, rebuilds them in sandboxed frames, and
 * keeps two of these, so that a key frame is only shown once it is drawn.
 */
export type Mirror = ReturnType<typeof createMirror>;

export function createMirror({
  stage,
  words,
  onPainted,
  onRequest,
  onPointer,
  onNotice,
  onChange,
}: {
  stage: HTMLElement;
  words: () => PlayerWords["boxes"];
  onPainted: (document: string) => void;
  onRequest: () => void;
  onPointer: (pointer: Pointer) => void;
  /** The page in front is otherwise than here. */
  onNotice: (notice: Notice) => void;
  /** Something moved: what is drawn above has to be measured again. */
  onChange: () => void;
}) {
  const merge = createMerge();
  const assets: Assets = createAssets((token, url) => {
    for (const view of [shown, next]) view?.rebuild.asset(token, url);
    onChange();
  });
  const css = createCssReader(assets.get);
  const adapted = createTextCache(adaptHover);
  let shown: View | undefined;
  let next: View | undefined;
  let size = { width: 1280, height: 800 };
  let pendingSize: { width: number; height: number } | undefined;
  let look: SafeLook = { dark: false, bar: undefined };
  let driftedAt = Number.NEGATIVE_INFINITY;

  function drift(): void {
    const now = performance.now();
    if (now - driftedAt < DRIFT_EVERY_MS) return;
    driftedAt = now;
    onRequest();
  }

  function drop(view: View | undefined): void {
    view?.rebuild.destroy();
    view?.root.remove();
  }

  function createView(): View {
    const root = document.createElement("div");
    root.className = "view view-hidden";
    stage.append(root);
    return {
      root,
      rebuild: createRebuild({
        root,
        look,
        assets,
        frameBox: labelledBox(words().frame, false),
        adapted: adapted.made,
        onDrift: drift,
      }),
    };
  }

  function show(view: View, document: string): void {
    if (next !== view) return;
    const old = shown;
    shown = view;
    next = undefined;
    if (old) delete old.rebuild.replayer.iframe.dataset["epaule"];
    view.rebuild.replayer.iframe.dataset["epaule"] = "mirror";
    view.root.classList.remove("view-hidden");
    drop(old);
    onChange();
    onPainted(document);
  }

  function readCss(text: string): string {
    const safe = css.read(text);
    if (safe.length >= WORTH_ADAPTING) adapted.get(safe);
    return safe;
  }

  function tagOf(id: number | undefined): string | undefined {
    if (id === undefined) return undefined;
    const node = (next ?? shown)?.rebuild.replayer.getMirror().getNode(id);
    return node?.nodeName.toLowerCase();
  }

  function draw(frame: Frame, event: unknown, spend: () => boolean): void {
    const global = (id: number): number | undefined => merge.find(frame.document, id);
    const safe = safeEvent(event, {
      asset: assets.get,
      box: (kind) => labelledBox(words()[kind], false),
      css: readCss,
      spend,
      tag: (id) => tagOf(global(id)),
      parentTag: (id) => {
        const at = global(id);
        const node = at === undefined ? null : current()?.getMirror().getNode(at);
        return node?.parentNode?.nodeName.toLowerCase();
      },
    });
    const merged = safe && merge.translate(frame, safe);
    if (!merged) return;
    if (merged.type === 2) {
      drop(next);
      next = createView();
      if (pendingSize) resize(next, pendingSize);
    }
    if (merged.type === 4) {
      size = pendingSize = { width: merged.data.width, height: merged.data.height };
      ({ look } = merged.data);
      return;
    }
    const view = next ?? shown;
    if (!view) return;
    view.rebuild.add(merged);
    if (merged.type !== 3) return;
    const { data } = merged;
    if (data.source === 4) {
      size = { width: data.width, height: data.height };
      ({ look } = data);
      view.rebuild.wear(look);
    }
    if (data.source === 1 || data.source === 6 || data.source === 12) {
      const last = data.positions.at(-1);
      if (last) tellPointer(view, last, false);
    }
    if (data.source === 2 && POINTED.has(data.type))
      tellPointer(view, data, data.type === CLICK || data.type === TOUCH_START);
  }

  function tellPointer(view: View, at: { id: number; x: number; y: number }, click: boolean): void {
    const node = view === shown ? view.rebuild.replayer.getMirror().getNode(at.id) : null;
    if (node) onPointer({ node, x: at.x, y: at.y, click });
  }

  function current(): Rebuild["replayer"] | undefined {
    return (next ?? shown)?.rebuild.replayer;
  }

  function resize(view: View, to: { width: number; height: number }): void {
    view.rebuild.add({ type: 4, data: { href: "about:blank", ...to, look } });
  }

  async function showWhenDrawn(view: View, document: string): Promise<void> {
    const images = [...(view.rebuild.replayer.iframe.contentDocument?.images ?? [])];
    const decoded = images.slice(0, 200).map((image) => image.decode().catch(() => undefined));
    await Promise.race([
      Promise.all(decoded),
      new Promise((resolve) => {
        setTimeout(resolve, DECODE_MS);
      }),
    ]);
    show(view, document);
  }

  return {
    page: (document: string, parent?: { document: string; node: number }): void =>
      merge.page(document, parent),
    assets,
    missing(token: string, kind: "image" | "font" | "style"): void {
      if (kind === "style") onNotice("plain");
      if (kind === "image") assets.miss(token, labelledBox(words().image, true));
    },
    /** Never throws: a stream that can't be drawn costs a key frame, and the rest goes on. */
    events(document: string, events: unknown[]): void {
      const before = next;
      const spend = createBudget(() => onNotice("cut"));
      try {
        const ready = merge.route(document, events);
        for (const { frame, event } of ready) draw(frame, event, spend);
        for (const { frame, event } of merge.released(document)) draw(frame, event, spend);
        (next ?? shown)?.rebuild.flush();
      } catch {
        if (next !== before) {
          drop(next);
          next = undefined;
        }
        // The console asks the other side at a bounded pace.
        onRequest();
      }
      if (next && next !== before) void showWhenDrawn(next, document);
      onChange();
    },
    get frame(): HTMLIFrameElement | undefined {
      return shown?.rebuild.replayer.iframe;
    },
    get size(): { width: number; height: number } {
      return size;
    },
    nodeOf(document: string, node: number): Node | undefined {
      const id = merge.find(document, node);
      if (id === undefined) return undefined;
      return shown?.rebuild.replayer.getMirror().getNode(id) ?? undefined;
    },
    /** The document and node that the beneficiary's side knows this one by. */
    addressOf(node: Node): { document: string; node: number } | undefined {
      const id = shown?.rebuild.replayer.getMirror().getId(node) ?? -1;
      return id > 0 ? merge.resolve(id) : undefined;
    },
  };
}
