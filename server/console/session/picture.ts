import type { Incoming } from "../../../shared/client/link.ts";
import type { ContentHash } from "../../../shared/ids.ts";
import { restoreTexts } from "../../../shared/protocol/large-text.ts";
import { createAssetStore } from "./asset-store.ts";
import type { PlayerPort } from "./player-port.ts";

type Message = Incoming<"helper">;
type Of<T extends Message["type"]> = Extract<Message, { type: T }>;
type PageMessage = Of<"mirror.page">;

/**
 * What the player is given to draw: the documents of the page in front, their events with style
 * sheets put back, and assets by token. It can be told again to a player that was loaded again.
 */
export function createPicture({
  hosts,
  player,
  onPage,
}: {
  /** The grant's. The relay can't see which site it is: it is asserted here, again. */
  hosts: readonly string[];
  player: Pick<PlayerPort, "post" | "events">;
  /** A document of the tab itself. */
  onPage: (page: { document: string; host: string; allowed: boolean }) => void;
}) {
  const assets = createAssetStore();
  const bound = new Map<string, ContentHash>();
  const missing = new Map<string, "image" | "font" | "style">();
  let documents = new Map<string, PageMessage>();

  function post(page: PageMessage): void {
    player.post({ type: "page", document: page.document, parent: page.parent });
  }

  function postAsset(token: string, hash: ContentHash): void {
    const asset = assets.get(hash);
    if (!asset) return;
    const bytes = asset.bytes.slice().buffer;
    player.post({ type: "asset", token, mime: asset.mime, bytes }, [bytes]);
  }

  return {
    known: assets.hashes,
    page(page: PageMessage): void {
      const { document, host, parent } = page;
      const allowed = hosts.includes(host);
      if (parent) {
        if (!allowed || !documents.has(parent.document)) return;
        documents.set(document, page);
      } else {
        onPage({ document, host, allowed });
        if (!documents.has(document)) documents = new Map(allowed ? [[document, page]] : []);
        if (!allowed) return;
      }
      post(page);
    },
    /** Settles when they are drawn. Those of a document that is not in front are not. */
    async events({ document, key, events }: Of<"mirror.events">): Promise<void> {
      if (!documents.has(document)) return;
      await player.events(
        document,
        key,
        restoreTexts(events, (hash) => assets.text(hash)),
      );
    },
    async data({ hash, mime, bytes }: Of<"asset.data">): Promise<void> {
      await assets.put(hash, mime, bytes);
    },
    bind({ token, hash }: Of<"asset.bound">): void {
      const asset = assets.get(hash);
      if (!asset || asset.mime === "text/css" || bound.get(token) === hash) return;
      bound.set(token, hash);
      missing.delete(token);
      postAsset(token, hash);
    },
    miss({ token, kind }: Of<"asset.missing">): void {
      missing.set(token, kind);
      player.post({ type: "missing", token, kind });
    },
    tellAgain(): void {
      for (const [token, hash] of bound) postAsset(token, hash);
      for (const [token, kind] of missing) player.post({ type: "missing", token, kind });
      for (const page of documents.values()) post(page);
    },
  };
}
