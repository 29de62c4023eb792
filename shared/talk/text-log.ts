import { encodeBase64url, randomBytes } from "../bytes.ts";
import type { BeneficiaryTalk } from "../protocol/peer.ts";

type TextMessage = Extract<BeneficiaryTalk, { type: `text.${string}` }>;

export type TextEntry = {
  id: string;
  from: "me" | "other";
  words: string;
  /** Wall clock of this device, milliseconds. */
  at: number;
  /** What I wrote is `received` once the other device has it. */
  state: "sending" | "received";
};

const KEPT = 200;

/** [A8] The text messages of one session, in this device's memory only. */
export function createTextLog(options: {
  /** Rejects or resolves as it likes while the link is closed: what was not acknowledged goes again. */
  send: (message: TextMessage) => Promise<void>;
  wall: () => number;
  changed: () => void;
}) {
  let entries: readonly TextEntry[] = [];

  function put(entry: TextEntry): void {
    entries = [...entries, entry].slice(-KEPT);
    options.changed();
  }

  function send(message: TextMessage): void {
    // Nothing is lost: `linkOpened` sends again.
    options.send(message).catch(() => undefined);
  }

  return {
    get entries(): readonly TextEntry[] {
      return entries;
    },
    /** `words` have passed `textMessageSchema`. */
    say(words: string): void {
      const id = encodeBase64url(randomBytes(16));
      put({ id, from: "me", words, at: options.wall(), state: "sending" });
      send({ type: "text.message", text: id, words });
    },
    hear(message: TextMessage): void {
      if (message.type === "text.received") {
        entries = entries.map((entry) =>
          entry.id === message.text && entry.from === "me"
            ? { ...entry, state: "received" }
            : entry,
        );
        return options.changed();
      }
      const { text: id, words } = message;
      const known = entries.some((entry) => entry.id === id && entry.from === "other");
      if (!known) put({ id, from: "other", words, at: options.wall(), state: "received" });
      send({ type: "text.received", text: id });
    },
    /** After each handshake. */
    linkOpened(): void {
      for (const { id, from, state, words } of entries)
        if (from === "me" && state === "sending") send({ type: "text.message", text: id, words });
    },
  };
}
