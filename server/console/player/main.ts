import { walk } from "./mirror/geometry.ts";
import { createMirror } from "./mirror/mirror.ts";
import { isElement } from "./mirror/nodes.ts";
import { createNotice } from "./notice.ts";
import { isListed } from "./pointing/describe.ts";
import { createDrawing } from "./pointing/drawing.ts";
import { createPointing } from "./pointing/pointing.ts";
import { type Described, type FromPlayer, HANDOVER, type ToPlayer } from "./port.ts";
import { scrollView } from "./scroll-view.ts";
import { playerWords } from "./words.ts";

/**
 * The player: a document of its own, on its own origin, that rebuilds what a page may have forged.
 * Its headers let nothing out, and only the console's origin may frame it. It knows no key.
 */
const MAX_LISTED = 400;

/** The console made it; what is in it is read as what a hostile page may have sent. */
function readEvents(json: string): unknown[] {
  const events: unknown = JSON.parse(json);
  return Array.isArray(events) ? events : [];
}

function find(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`player.html has no #${id}`);
  return element;
}

function start(port: MessagePort): void {
  const viewport = find("viewport");
  const stage = find("stage");
  const layer = find("layer");
  let inFront: string | undefined;
  let language: "fr" | "en" = "fr";
  let scaleMode: "fit" | "actual" = "fit";
  let scale = 1;
  const words = () => playerWords[language];
  const notice = createNotice(find("notice"), words);
  const send = (message: FromPlayer): void => port.postMessage(message);

  const mirror = createMirror({
    stage: find("views"),
    words: () => words().boxes,
    onPainted: (page) => send({ type: "painted", document: page }),
    onRequest: () => send({ type: "request" }),
    onPointer: (pointer) => drawing.pointer(pointer),
    onNotice: (kind) => notice.show(kind),
    onChange: () => fit(),
  });
  const drawing = createDrawing(find("drawing"), mirror, () => scale);
  const pointing = createPointing({
    layer,
    mirror,
    drawing,
    words,
    send,
    toMirror: ({ clientX, clientY }) => {
      const box = stage.getBoundingClientRect();
      return { x: (clientX - box.left) / scale, y: (clientY - box.top) / scale };
    },
  });

  function fit(): void {
    const { width, height } = mirror.size;
    const room = Math.min(viewport.clientWidth / width, viewport.clientHeight / height);
    // Never larger than the page is: what the helper sees is what there is.
    scale = scaleMode === "actual" ? 1 : Math.min(1, room > 0 ? room : 1);
    stage.style.width = `${width}px`;
    stage.style.height = `${height}px`;
    stage.style.setProperty("--unscale", String(1 / scale));
    stage.style.transform = `scale(${scale})`;
    stage.style.marginRight = `${width * (scale - 1)}px`;
    stage.style.marginBottom = `${height * (scale - 1)}px`;
    pointing?.forget();
    drawing?.refresh();
  }

  /** What is said of a page goes with it. A player that was loaded again hears that first. */
  function front(page: string): void {
    if (inFront !== undefined && inFront !== page) notice.hide();
    inFront = page;
  }

  function elementFor(at: { document: string; node: number } | null): Element | undefined {
    const node = at ? mirror.nodeOf(at.document, at.node) : undefined;
    return isElement(node) ? node : undefined;
  }

  function list(): Described[] {
    const root = mirror.frame?.contentDocument;
    const elements: Described[] = [];
    if (!root) return elements;
    for (const element of walk(root)) {
      if (!isListed(element)) continue;
      const described = pointing.describe(element);
      if (described && described.name !== "") elements.push(described);
      if (elements.length >= MAX_LISTED) break;
    }
    return elements;
  }

  port.addEventListener("message", ({ data }: MessageEvent<ToPlayer>) => {
    switch (data.type) {
      case "language":
        language = data.language;
        document.documentElement.lang = language;
        notice.write();
        break;
      case "page":
        if (data.parent === undefined) front(data.document);
        mirror.page(data.document, data.parent);
        break;
      case "events":
        mirror.events(data.document, readEvents(data.json));
        send({ type: "worked", receipt: data.receipt });
        break;
      case "asset":
        mirror.assets.bind(data.token, data.mime, data.bytes);
        break;
      case "missing":
        mirror.missing(data.token, data.kind);
        break;
      case "mode":
        pointing.setMode(data.mode);
        break;
      case "scale":
        scaleMode = data.scale;
        fit();
        break;
      case "mark":
        drawing.mark(data.at ?? undefined);
        break;
      case "clear":
        drawing.clear();
        break;
      case "scroll":
        scrollView(viewport, data);
        break;
      case "list":
        send({ type: "elements", elements: list() });
        break;
      case "show":
        pointing.show(elementFor(data.at));
        break;
    }
  });
  new ResizeObserver(fit).observe(viewport);
  fit();
  port.start();
  send({ type: "ready" });
}

function isHandover(event: MessageEvent<unknown>): boolean {
  // `frame-ancestors` leaves the console as the only possible parent; nobody else is listened to.
  return event.source === window.parent && window.parent !== window && event.data === HANDOVER;
}

function waitForPort(event: MessageEvent<unknown>): void {
  const [port] = event.ports;
  if (!isHandover(event) || !port) return;
  window.removeEventListener("message", waitForPort);
  start(port);
}

window.addEventListener("message", waitForPort);
