import { encodeBase64url, randomBytes } from "../../shared/bytes.ts";

const TELL_AGAIN_MS = 1_000;
const TELL_TIMES = 10;
const NONCE = /^[A-Za-z0-9_-]{22}$/;
const KEY = "epaule";

/** Whether the recorder of a parent document sees this one: then this one stays silent. */
export function isSeenByParent(): boolean {
  if (window.parent === window) return false;
  try {
    return window.parent.document !== null;
  } catch {
    return false;
  }
}

/**
 * Ties a child recorder to the frame that it stands in. The page sees one random number, good
 * for nothing else; the rest goes over the extension's own ports.
 */
export function announceToParent(tell: (nonce: string) => void): () => void {
  if (window.parent === window) return () => {};
  const nonce = encodeBase64url(randomBytes(16));
  let times = 0;
  const say = (): void => {
    times += 1;
    if (times > TELL_TIMES) return clearInterval(timer);
    window.parent.postMessage({ [KEY]: nonce }, "*");
    return undefined;
  };
  const timer = setInterval(say, TELL_AGAIN_MS);
  tell(nonce);
  say();
  return () => clearInterval(timer);
}

/** Finds the frame element that a child speaks from. `idOf` gives -1 while it is not in the mirror. */
export function listenToChildren(
  idOf: (frame: Element) => number,
  tell: (childNonce: string, node: number) => void,
): () => void {
  const abort = new AbortController();
  const known = new Set<string>();

  const listener = (event: MessageEvent<unknown>): void => {
    const { data } = event;
    if (typeof data !== "object" || data === null) return;
    const nonce: unknown = Reflect.get(data, KEY);
    if (typeof nonce !== "string" || !NONCE.test(nonce)) return;
    event.stopImmediatePropagation();
    if (known.has(nonce)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow !== event.source) continue;
      const node = idOf(frame);
      // The child says it again: by then the frame may be in the mirror.
      if (node < 1) return;
      known.add(nonce);
      tell(nonce, node);
    }
  };
  window.addEventListener("message", listener, { capture: true, signal: abort.signal });
  return () => abort.abort();
}
