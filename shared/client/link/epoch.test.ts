import { expect, test } from "vitest";

import type { Bytes } from "../../bytes.ts";
import { createSealer, type Sealer } from "../../crypto/sealed-stream.ts";
import { AppError } from "../../errors.ts";
import { decodeFrame, DIRECTION } from "../../protocol/frame.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import type { HelperMessage } from "../../protocol/peer.ts";
import { createFakeClock, settle } from "../testing/fake-clock.ts";
import { createEpoch } from "./epoch.ts";
import { createPace } from "./pace.ts";

/** The peer holds the right keys and does the wrong thing: what it says is refused all the same. */
async function createWithPeer() {
  const algorithm = { name: "AES-GCM", length: 256 };
  const [seal, open] = [
    await crypto.subtle.generateKey(algorithm, false, ["encrypt"]),
    await crypto.subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]),
  ];
  const clock = createFakeClock();
  const sent: Bytes[] = [];
  const heard: unknown[] = [];
  const epoch = createEpoch({
    end: "beneficiary",
    number: 1,
    keys: { seal, open },
    known: [],
    socket: { sendFrame: (bytes) => sent.push(bytes), bufferedBytes: 0 },
    pace: createPace(clock),
    clock,
    onReady: () => heard.push("ready"),
    onMessage: (message) => Promise.resolve(void heard.push(message)),
    onSlow: () => undefined,
    onFault: (error) => heard.push(error),
  });
  const peer = createSealer({ key: open, direction: DIRECTION.TO_BENEFICIARY, epoch: 1 });
  return { epoch, peer, sent, heard };
}

async function say(
  { epoch, peer }: { epoch: Awaited<ReturnType<typeof createWithPeer>>["epoch"]; peer: Sealer },
  ...messages: HelperMessage[]
): Promise<void> {
  for (const message of messages)
    for (const payload of await encodeMessage(message)) {
      const frame = await peer.seal(payload);
      await epoch.hear(decodeFrame(frame), frame.length);
    }
}

const READY = { type: "link.ready", known: [] } satisfies HelperMessage;
const CLEAR = { type: "guide.clear" } satisfies HelperMessage;
const FORGED = { code: "FORGED" };

test("[L2] link.ready leaves first, and the peer's opens the epoch", async () => {
  const made = await createWithPeer();
  await settle();
  expect(made.sent.map((frame) => decodeFrame(frame).sequence)).toEqual([0]);
  expect([made.epoch.ready, made.epoch.open]).toEqual([false, false]);
  await say(made, READY, CLEAR);
  expect([made.epoch.ready, made.epoch.open]).toEqual([true, true]);
  expect(made.heard).toEqual(["ready", CLEAR]);
});

test.each<[string, HelperMessage[]]>([
  ["a message before link.ready", [CLEAR]],
  ["an acknowledgement before link.ready", [{ type: "link.ack", bytes: 0 }]],
  ["link.ready twice", [READY, READY]],
  ["an acknowledgement of what did not leave", [READY, { type: "link.ack", bytes: 1_000_000 }]],
  [
    "a text with a link in it",
    [
      READY,
      { type: "guide.highlight", guide: 1, document: "A".repeat(22), node: 1, text: "www.x.fr" },
    ],
  ],
])("[L2] [V1] %s is forged, even well sealed", async (_, messages) => {
  const made = await createWithPeer();
  await settle();
  const before = messages.slice(0, -1);
  await say(made, ...before);
  await expect(say(made, ...messages.slice(-1))).rejects.toMatchObject(FORGED);
  expect(made.heard.filter((heard) => heard !== "ready")).toEqual([]);
});

test("[L7] an epoch that was stopped delivers nothing and sends nothing", async () => {
  const made = await createWithPeer();
  await settle();
  await say(made, READY);
  const error = new AppError("UNAVAILABLE", "over");
  made.epoch.stop(error);
  await say(made, CLEAR);
  await expect(made.epoch.send({ type: "mirror.resumed" })).rejects.toBe(error);
  expect(made.heard).toEqual(["ready"]);
  expect(made.sent).toHaveLength(1);
});
