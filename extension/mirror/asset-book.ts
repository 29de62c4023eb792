import { decodeBase64url, encodeBase64url } from "../../shared/bytes.ts";
import { type ContentHash, contentHashSchema } from "../../shared/ids.ts";
import type { AssetType, BeneficiaryMessage } from "../../shared/protocol/peer.ts";

type AssetMessage = Extract<BeneficiaryMessage, { type: `asset.${string}` }>;
type Kind = Extract<AssetMessage, { type: "asset.missing" }>["kind"];
type Held = { mime: AssetType; bytes: string };
type Bound = { hash: ContentHash } | { missing: Kind };

/** Base64url characters that are kept, so that a console that was reloaded can have them again. */
const MAX_KEPT = 64 * 1024 * 1024;

/**
 * [M6] Which bytes the console has. Each crosses once a session; the console says at each new link
 * what it still holds, and the rest of what the present documents show is owed again.
 */
export function createAssetBook() {
  const held = new Map<ContentHash, Held>();
  const tokens = new Map<string, Bound>();
  const tokensOf = new Map<string, Set<string>>();
  let sent = new Set<ContentHash>();
  let boundSent = new Set<string>();
  let owed: string[] = [];
  let kept = 0;

  function hold(hash: ContentHash, asset: Held): void {
    if (held.has(hash)) return;
    held.set(hash, asset);
    kept += asset.bytes.length;
    for (const [oldest, { bytes }] of held) {
      if (kept <= MAX_KEPT || oldest === hash) break;
      held.delete(oldest);
      kept -= bytes.length;
    }
  }

  return {
    /** What a token stands for. Nothing is owed yet. */
    async keep(mime: AssetType, bytes: string): Promise<Bound> {
      const raw = decodeBase64url(bytes);
      if (!raw) return { missing: kindOf(mime) };
      const digest = await crypto.subtle.digest("SHA-256", raw);
      const hash = contentHashSchema.parse(encodeBase64url(new Uint8Array(digest)));
      hold(hash, { mime, bytes });
      return { hash };
    },
    /** A document shows this. */
    owe(document: string, token: string, bound: Bound): void {
      tokens.set(token, bound);
      const shown = tokensOf.get(document) ?? new Set();
      tokensOf.set(document, shown.add(token));
      // Nothing in a later key frame tells the console of a style sheet that is not there.
      const known = boundSent.has(token) && !("missing" in bound && bound.missing === "style");
      if (!known && !owed.includes(token)) owed.push(token);
    },
    /** `true` once: this style sheet has to cross before what refers to it. */
    firstSight(hash: ContentHash): boolean {
      if (sent.has(hash)) return false;
      sent.add(hash);
      return true;
    },
    forget(document: string): void {
      const shown = tokensOf.get(document);
      tokensOf.delete(document);
      if (shown) owed = owed.filter((token) => !shown.has(token) || isShown(token));
    },
    /** [M5] What the documents showed; a recorder that runs again tells what they show then. */
    forgetAll(): void {
      tokensOf.clear();
      owed = [];
    },
    /** A new link: the console holds `known`, and knows no token. */
    begin(known: readonly ContentHash[]): void {
      sent = new Set(known);
      boundSent = new Set();
      owed = [...new Set([...tokensOf.values()].flatMap((shown) => [...shown]))];
    },
    /** The next message to send, bytes before the token that names them; `undefined` when nothing is owed. */
    next(): AssetMessage | undefined {
      const [token] = owed;
      const bound = token === undefined ? undefined : tokens.get(token);
      if (token === undefined || !bound) return undefined;
      const asset = "hash" in bound && !sent.has(bound.hash) ? held.get(bound.hash) : undefined;
      if (asset && "hash" in bound) {
        sent.add(bound.hash);
        return { type: "asset.data", hash: bound.hash, ...asset };
      }
      owed.shift();
      boundSent.add(token);
      if ("missing" in bound) return { type: "asset.missing", token, kind: bound.missing };
      return sent.has(bound.hash)
        ? { type: "asset.bound", token, hash: bound.hash }
        : { type: "asset.missing", token, kind: "image" };
    },
  };

  function isShown(token: string): boolean {
    return [...tokensOf.values()].some((shown) => shown.has(token));
  }
}

function kindOf(mime: AssetType): Kind {
  if (mime === "text/css") return "style";
  return mime.startsWith("font/") ? "font" : "image";
}
