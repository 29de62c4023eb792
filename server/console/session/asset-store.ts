import { type Bytes, decodeBase64url, encodeBase64url, fromUtf8 } from "../../../shared/bytes.ts";
import { type ContentHash, contentHashSchema } from "../../../shared/ids.ts";
import { MAX_ASSET_BYTES } from "../../../shared/protocol/limits.ts";
import type { AssetType } from "../../../shared/protocol/peer.ts";

/** In all, for one session. What was used longest ago goes first. */
const MAX_STORE_BYTES = 64 * 1024 * 1024;

type Asset = { mime: AssetType; bytes: Bytes };

/**
 * [M6] What crossed, by content hash. It outlives reconnections, so that nothing crosses twice in a
 * session, and is gone with it.
 */
export function createAssetStore(maximumBytes = MAX_STORE_BYTES) {
  const held = new Map<ContentHash, Asset>();
  let size = 0;

  function touch(hash: ContentHash): Asset | undefined {
    const asset = held.get(hash);
    if (!asset) return undefined;
    held.delete(hash);
    held.set(hash, asset);
    return asset;
  }

  return {
    /** `false` for bytes that are too many, or not what their hash says. */
    async put(hash: ContentHash, mime: AssetType, encoded: string): Promise<boolean> {
      const bytes = decodeBase64url(encoded);
      if (!bytes || bytes.length > Math.min(MAX_ASSET_BYTES, maximumBytes)) return false;
      if ((await hashOf(bytes)) !== hash) return false;
      if (held.has(hash)) return true;
      held.set(hash, { mime, bytes });
      size += bytes.length;
      for (const [oldest, asset] of held) {
        if (size <= maximumBytes) break;
        held.delete(oldest);
        size -= asset.bytes.length;
      }
      return true;
    },
    get: touch,
    /** A style sheet, which events refer to by hash. */
    text(hash: ContentHash): string | undefined {
      const asset = touch(hash);
      if (asset?.mime !== "text/css") return undefined;
      try {
        return fromUtf8(asset.bytes);
      } catch {
        return undefined;
      }
    },
    hashes: (): ContentHash[] => [...held.keys()],
  };
}

async function hashOf(bytes: Bytes): Promise<ContentHash> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return contentHashSchema.parse(encodeBase64url(new Uint8Array(digest)));
}
