import { type Bytes, encodeBase64url } from "../../bytes.ts";
import type { DeviceKey } from "../../crypto/device-key.ts";
import { sha256 } from "../../crypto/digest.ts";
import {
  answerHello,
  answersHello,
  createHello,
  type Hello,
  type LinkContext,
  type LinkKeys,
  openAnswer,
} from "../../crypto/handshake.ts";
import { AppError } from "../../errors.ts";

/** Far more than the breaks of one session. */
const MAX_HELLOS = 10_000;

type Pinned = { key: DeviceKey; peerKey: string; link: LinkContext };
type Opened = { epoch: number; keys: LinkKeys; reply?: Bytes };

/** [L2] One end's part in the handshakes of a session. */
export type Handshakes = {
  /** A hello to send; the one before it is forgotten. `undefined` for the end that only answers. */
  begin: () => Promise<Bytes | undefined>;
  /** `undefined` for what is to be dropped. Throws `AppError` FORGED. */
  hear: (payload: Bytes, open: boolean) => Promise<Opened | undefined>;
  forget: () => void;
};

/** The console's part. */
export function createGreeter({ key, peerKey, link }: Pinned): Handshakes {
  let pending: Hello | undefined;
  let lastEpoch = 0;

  return {
    async begin() {
      pending = await createHello(key, link, lastEpoch);
      return pending.payload;
    },
    async hear(payload, open) {
      if (!pending && open) throw new AppError("FORGED", "answer: nobody asked");
      // An answer to a hello that we gave up: the next one is on its way.
      if (!pending || !answersHello(payload, pending.hash)) return undefined;
      const opened = await openAnswer(pending, peerKey, link, payload, lastEpoch);
      pending = undefined;
      lastEpoch = opened.epoch;
      return opened;
    },
    forget() {
      pending = undefined;
    },
  };
}

/** The extension's part: it answers each hello once. */
export function createAnswerer({ key, peerKey, link }: Pinned): Handshakes {
  const heard = new Set<string>();
  let lastEpoch = 0;

  return {
    begin: () => Promise.resolve(undefined),
    async hear(payload) {
      const hash = encodeBase64url(await sha256(payload));
      if (heard.has(hash) || heard.size >= MAX_HELLOS)
        throw new AppError("FORGED", "hello: heard before");
      const { payload: reply, ...opened } = await answerHello(
        key,
        peerKey,
        link,
        payload,
        lastEpoch,
      );
      heard.add(hash);
      lastEpoch = opened.epoch;
      return { ...opened, reply };
    },
    forget: () => undefined,
  };
}
