import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { encodeBase64url, utf8 } from "../../shared/bytes.ts";
import { MAX_ASSET_BYTES } from "../../shared/protocol/limits.ts";
import type { AssetType } from "../../shared/protocol/peer.ts";

const MAX_DATA_URL = 64 * 1024;
const TOGETHER = 4;
const FETCH_MS = 15_000;
const MAX_UNREPORTED = 64;
const DATA_TYPES =
  /^data:(?:image\/(?:png|jpeg|gif|webp|avif|svg\+xml|x-icon)|(?:application\/(?:x-)?font-|font\/)(?:woff2?|ttf|otf|truetype|opentype))[;,]/i;

type AssetKind = "image" | "font";
export type AssetNews =
  | { type: "recorder.asset"; token: string; mime: AssetType; bytes: string }
  | { type: "recorder.asset-missing"; token: string; kind: AssetKind | "style" };

/**
 * Images and fonts leave as tokens; their bytes follow, once, and only when the page itself has
 * loaded them: nothing is asked of the site that the page did not ask. The browser reports no load
 * of a style sheet that the page may not read; what it names beside itself is asked for without
 * credentials, from the cache where it is there, up to a bound.
 */
export type Assets = {
  /** What stands for this URL in the mirror; `undefined` when it is dropped. */
  address(url: string, kind: AssetKind, base: string): string | undefined;
  /** The page has loaded this URL. */
  loaded: (url: string) => void;
  /** A style sheet that the page uses and may not read, where its server lets anybody read it. */
  styleText(url: string): Promise<string | undefined>;
  stop(): void;
};

export function assetToken(salt: Uint8Array, url: string): string {
  return encodeBase64url(hmac(sha256, salt, utf8(url)).subarray(0, 16));
}

/** By their first bytes: a server's word is not needed. */
export function assetTypeOf(bytes: Uint8Array): AssetType | undefined {
  const ascii = String.fromCharCode(...bytes.subarray(0, 16));
  if (ascii.startsWith("\u0089PNG")) return "image/png";
  if (ascii.startsWith("\u00ff\u00d8\u00ff")) return "image/jpeg";
  if (ascii.startsWith("GIF8")) return "image/gif";
  if (ascii.startsWith("RIFF") && ascii.slice(8, 12) === "WEBP") return "image/webp";
  if (ascii.slice(4, 8) === "ftyp" && /^(?:avif|avis)/.test(ascii.slice(8))) return "image/avif";
  if (ascii.startsWith("wOF2")) return "font/woff2";
  if (ascii.startsWith("wOFF")) return "font/woff";
  if (ascii.startsWith("OTTO")) return "font/otf";
  if (ascii.startsWith("\0\u0001\0\0") || ascii.startsWith("true")) return "font/ttf";
  if (ascii.startsWith("\0\0\u0001\0")) return "image/x-icon";
  const head = new TextDecoder().decode(bytes.subarray(0, 1024)).replace(/^\uFEFF/, "");
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i.test(head)
    ? "image/svg+xml"
    : undefined;
}

function fits(type: AssetType, kind: AssetKind): boolean {
  return type.startsWith(`${kind}/`);
}

/** The address without its fragment; `undefined` when nothing can be fetched there. */
function whole(url: string, base: string): string | undefined {
  if (!URL.canParse(url, base)) return undefined;
  const parsed = new URL(url, base);
  parsed.hash = "";
  return /^(?:https?|blob):$/.test(parsed.protocol) ? parsed.href : undefined;
}

export function createAssets(parts: {
  salt: Uint8Array;
  origin: string;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The pixels of an image of the document, where they may be read. */
  drawn: (url: string) => Promise<Uint8Array | undefined>;
  tell: (news: AssetNews) => void;
}): Assets {
  const { salt, origin, tell } = parts;
  const tokens = new Map<string, string>();
  const wanted = new Map<string, AssetKind>();
  const seen = new Set<string>();
  const asked = new Set<string>();
  const unreported = new Set<string>();
  let unreportedLeft = MAX_UNREPORTED;
  const queue: { url: string; kind: AssetKind; token: string }[] = [];
  const abort = new AbortController();
  let running = 0;

  const load = async (url: string, init: RequestInit): Promise<Uint8Array | undefined> => {
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(FETCH_MS)]);
    const response = await parts.fetch(url, { ...init, signal });
    if (!response.ok) return undefined;
    if (Number(response.headers.get("content-length") ?? 0) > MAX_ASSET_BYTES) return undefined;
    return new Uint8Array(await response.arrayBuffer());
  };

  /** The page has it already: the site is asked again only when nothing else is left. */
  const loadOwn = async (url: string): Promise<Uint8Array | undefined> => {
    const cached = await load(url, { mode: "same-origin", cache: "only-if-cached" }).catch(
      () => undefined,
    );
    // An image that may not be stored, a captcha say, would be another one the second time.
    return (
      cached ??
      (await parts.drawn(url)) ??
      load(url, { credentials: "include", cache: "force-cache" })
    );
  };

  const read = async (url: string, kind: AssetKind): Promise<AssetNews> => {
    const token = tokens.get(url) ?? assetToken(salt, url);
    const missing: AssetNews = { type: "recorder.asset-missing", token, kind };
    try {
      const bytes = url.startsWith("blob:")
        ? await load(url, {})
        : new URL(url).origin === origin
          ? await loadOwn(url)
          : await load(url, { mode: "cors", credentials: "omit", cache: "force-cache" });
      if (bytes === undefined) return missing;
      const mime = assetTypeOf(bytes);
      if (bytes.length > MAX_ASSET_BYTES || mime === undefined || !fits(mime, kind)) return missing;
      return { type: "recorder.asset", token, mime, bytes: encodeBase64url(bytes) };
    } catch {
      return missing;
    }
  };

  const work = async (url: string, kind: AssetKind): Promise<void> => {
    const news = await read(url, kind);
    running -= 1;
    if (abort.signal.aborted) return;
    tell(news);
    pump();
  };

  const pump = (): void => {
    while (running < TOGETHER) {
      const next = queue.shift();
      if (next === undefined) return;
      running += 1;
      void work(next.url, next.kind);
    }
  };

  const ask = (url: string, kind: AssetKind): void => {
    if (asked.has(url)) return;
    asked.add(url);
    queue.push({ url, kind, token: tokens.get(url) ?? "" });
    pump();
  };

  /** Whether the page has loaded it, as far as the browser tells, or else may well have. */
  const isLoaded = (absolute: string, base: string): boolean => {
    if (seen.has(absolute)) return true;
    const sheet = whole(base, base);
    if (unreportedLeft === 0 || sheet === undefined || !unreported.has(sheet)) return false;
    if (new URL(absolute).origin !== new URL(sheet).origin) return false;
    unreportedLeft -= 1;
    return true;
  };

  return {
    address(url, kind, base) {
      if (/^data:/i.test(url))
        return url.length <= MAX_DATA_URL && DATA_TYPES.test(url) ? url : undefined;
      const absolute = whole(url, base);
      if (absolute === undefined) return undefined;
      let token = tokens.get(absolute);
      if (token === undefined) {
        token = assetToken(salt, absolute);
        tokens.set(absolute, token);
        wanted.set(absolute, kind);
        if (isLoaded(absolute, base)) ask(absolute, kind);
      }
      return `asset:${token}`;
    },
    loaded(url) {
      const absolute = whole(url, url);
      if (absolute === undefined || seen.has(absolute)) return;
      seen.add(absolute);
      const kind = wanted.get(absolute);
      if (kind !== undefined) ask(absolute, kind);
    },
    async styleText(url) {
      const absolute = whole(url, url);
      if (absolute === undefined) return undefined;
      try {
        const init: RequestInit = { mode: "cors", credentials: "omit", cache: "force-cache" };
        const bytes = await load(absolute, init);
        if (bytes !== undefined && bytes.length <= MAX_ASSET_BYTES) {
          unreported.add(absolute);
          return new TextDecoder().decode(bytes);
        }
      } catch {
        // not for us
      }
      if (!abort.signal.aborted)
        tell({
          type: "recorder.asset-missing",
          token: assetToken(salt, absolute),
          kind: "style",
        });
      return undefined;
    },
    stop() {
      abort.abort();
      queue.length = 0;
    },
  };
}

/** The pixels of an image that the document shows, as PNG; `undefined` when it may not be read. */
export async function drawnImage(url: string): Promise<Uint8Array | undefined> {
  const image = [...document.images].find(
    (one) => one.currentSrc === url && one.complete && one.naturalWidth > 0,
  );
  if (image === undefined) return undefined;
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  canvas.getContext("2d")?.drawImage(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  return new Uint8Array(await blob.arrayBuffer());
}
