import { encodeBase64url, utf8 } from "../../shared/bytes.ts";
import type { Link } from "../../shared/client/link.ts";
import type { ContentHash } from "../../shared/ids.ts";
import { createAssetBook } from "./asset-book.ts";
import type { Frame, Recorded } from "./recorder-hub.ts";

/** [M4] The console's own requests for a key frame are honoured this often at most. */
const REQUEST_MS = 2_000;

/** What the mirror needs of the sealed link. */
export type MirrorLink = Pick<Link<"beneficiary">, "open" | "congested" | "send">;

export type ExtractTexts = (
  events: unknown[],
) => Promise<{ events: unknown[]; texts: Map<ContentHash, string> }>;

type Events = Extract<Recorded, { type: "recorder.events" }>;
/** `page`: the console knows the document. `key`: it has a key frame to add increments to. */
type Sent = { readonly frame: Frame; page: boolean; key: boolean; dropped: boolean };

export type MirrorOut = ReturnType<typeof createMirrorOut>;

/**
 * From the recorders to the link: style sheets and assets once, pages before their frames, and on a
 * slow line no queue: increments are dropped, then one key frame is asked for ([L6]).
 */
export function createMirrorOut(options: {
  link: MirrorLink;
  extractTexts: ExtractTexts;
  /** A key frame, please: of one document or of all. */
  askKey: (document?: string) => void;
  now: () => number;
  failed: (error: unknown) => void;
}) {
  const { link, askKey } = options;
  const book = createAssetBook();
  const documents = new Map<string, Sent>();
  let queue: Promise<void> = Promise.resolve();
  let pumping = false;
  let running = false;
  /** Grows with each pause: what was recorded before one, and has not left, never leaves. */
  let turn = 0;
  let lastRequest = Number.NEGATIVE_INFINITY;

  const enqueue = (work: () => Promise<void>): void => {
    queue = queue.then(work).catch(options.failed);
  };

  const mayCross = (mine = turn): boolean => running && mine === turn && link.open;

  async function sendEvents(frame: Frame, message: Events, mine: number): Promise<void> {
    const sent = documents.get(frame.document);
    if (!sent || !mayCross(mine)) return;
    const orphan = !frame.top && !(frame.parent && documents.get(frame.parent.document)?.key);
    if (orphan || link.congested) {
      sent.key = false;
      sent.dropped = true;
      return;
    }
    if (!message.key && !sent.key) return;
    const { events, texts } = await options.extractTexts(message.events);
    for (const [hash, text] of texts) {
      if (!mayCross(mine)) return;
      if (!book.firstSight(hash)) continue;
      const bytes = encodeBase64url(utf8(text));
      await link.send({ type: "asset.data", hash, mime: "text/css", bytes });
    }
    if (!mayCross(mine)) return;
    const { document, host, parent } = frame;
    if (!sent.page) {
      await link.send({
        type: "mirror.page",
        document,
        host,
        viewport: message.viewport,
        ...(parent ? { parent } : {}),
      });
      sent.page = true;
    }
    if (!mayCross(mine)) return;
    await link.send({ type: "mirror.events", document, key: message.key, events });
    if (mine === turn && message.key && !sent.key) {
      sent.key = true;
      sent.dropped = false;
      askDropped((child) => child.parent?.document === document);
    }
    void pump();
  }

  function askDropped(which: (frame: Frame) => boolean): void {
    for (const { frame, key, dropped } of documents.values())
      if (dropped && !key && which(frame)) askKey(frame.document);
  }

  function forgetKeys(): void {
    for (const sent of documents.values()) {
      sent.key = false;
      sent.dropped = false;
    }
  }

  /** Assets fill what the mirror leaves free of the line. */
  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    try {
      while (mayCross() && !link.congested) {
        const message = book.next();
        if (!message) break;
        await link.send(message);
      }
    } catch (error) {
      options.failed(error);
    } finally {
      pumping = false;
    }
  }

  return {
    pageCame(frame: Frame): void {
      documents.set(frame.document, { frame, page: false, key: false, dropped: false });
    },
    pageWent(frame: Frame): void {
      documents.delete(frame.document);
      book.forget(frame.document);
    },
    take(frame: Frame, message: Recorded): void {
      if (!documents.has(frame.document)) this.pageCame(frame);
      if (!running) return;
      const mine = turn;
      if (message.type === "recorder.events")
        return enqueue(() => sendEvents(frame, message, mine));
      if (message.type === "recorder.asset")
        return enqueue(async () => {
          const bound = await book.keep(message.mime, message.bytes);
          if (mine !== turn) return;
          book.owe(frame.document, message.token, bound);
          void pump();
        });
      if (message.type === "recorder.asset-missing") {
        book.owe(frame.document, message.token, { missing: message.kind });
        void pump();
      }
    },
    /** A new link: nothing of before counts ([L2]). Key frames follow from the recorders. */
    begin(known: readonly ContentHash[]): void {
      book.begin(known);
      for (const sent of documents.values()) sent.page = false;
      forgetKeys();
    },
    /** The mirror runs again: a key frame follows from each recorder, and what the page shows then. */
    run(): void {
      running = true;
    },
    /** [M5] At once, whatever waits: at most the message that is crossing now still arrives. */
    hold(): void {
      running = false;
      turn += 1;
      book.forgetAll();
      forgetKeys();
    },
    drained(): void {
      void pump();
      askDropped(() => true);
    },
    requested(): void {
      if (options.now() - lastRequest < REQUEST_MS) return;
      lastRequest = options.now();
      askKey();
    },
    /** Resolves when everything taken so far was handed over or dropped. */
    settled: (): Promise<void> => queue,
  };
}
