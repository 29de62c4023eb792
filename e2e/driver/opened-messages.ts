import type { Page } from "@playwright/test";

import { decodeFrame, HANDSHAKE_EPOCH, HEADER_BYTES } from "../../shared/protocol/frame.ts";
import { createMessageJoiner, type Received } from "../../shared/protocol/message-codec.ts";

export interface OpenedMessages {
  /** Everything that the console has opened so far, in order. */
  readonly messages: readonly Received<"helper">[];
  /** Resolves when every sealed frame that has come to the console by then was opened there. */
  upToDate(): Promise<void>;
}

const BINDING = "tellOpened";

/**
 * What the sealed link brings to a helper's browser, read where the console itself opens it: no key
 * leaves the page. Call it before the console is opened.
 */
export async function watchOpened(page: Page): Promise<OpenedMessages> {
  const messages: Received<"helper">[] = [];
  let latest = openEpoch(0);
  let turn: Promise<unknown> = Promise.resolve();
  let wake = nothing;

  /** Of an epoch before the latest, the console opens nothing more. */
  function epochOf(epoch: number): typeof latest {
    if (epoch > latest.epoch) latest = openEpoch(epoch);
    return latest;
  }

  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (typeof payload === "string") return;
      const { epoch } = decodeFrame(new Uint8Array(payload));
      if (epoch !== HANDSHAKE_EPOCH && epoch >= latest.epoch) epochOf(epoch).received += 1;
    });
  });

  async function take(header: number[], payload: number[]): Promise<void> {
    const of = epochOf(new DataView(Uint8Array.from(header).buffer).getUint32(2));
    const message = await of.joiner.join(Uint8Array.from(payload));
    if (message) messages.push(message);
    of.opened += 1;
    wake();
  }

  await page.exposeBinding(BINDING, (_source, header: number[], payload: number[]) => {
    turn = turn.then(() => take(header, payload));
    return turn;
  });
  await page.addInitScript(
    ({ binding, headerBytes }) => {
      const decrypt = crypto.subtle.decrypt.bind(crypto.subtle);
      SubtleCrypto.prototype.decrypt = async (algorithm, key, data) => {
        const plain = await decrypt(algorithm, key, data);
        const header: unknown = Reflect.get(Object(algorithm), "additionalData");
        // The handshake's own has other associated data.
        if (header instanceof Uint8Array && header.length === headerBytes)
          Reflect.get(window, binding)([...header], [...new Uint8Array(plain)]);
        return plain;
      };
    },
    { binding: BINDING, headerBytes: HEADER_BYTES },
  );

  return {
    messages,
    upToDate: async () => {
      while (latest.opened < latest.received)
        await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

const nothing = (): void => undefined;

function openEpoch(epoch: number) {
  return { epoch, joiner: createMessageJoiner("helper"), received: 0, opened: 0 };
}
