import { beforeEach, describe, expect, test } from "vitest";

import { hostSchema } from "../../shared/sites.ts";
import { createFakePort, type FakePort } from "../host/testing/fake-port.ts";
import { RECORDER_PORT, type RecorderToHost } from "../messaging/recorder-port.ts";
import { createRecorderHub, type HubEvent, type RecorderHub } from "./recorder-hub.ts";

const HOST = hostSchema.parse("www.caf.example");
const PAGE = "AAAAAAAAAAAAAAAAAAAAAA";
const FRAME = "BBBBBBBBBBBBBBBBBBBBBA";
const NONCE = "n".repeat(22);

const say = (port: FakePort, message: RecorderToHost): void => port.say(JSON.stringify(message));

/** What a document was told to draw. */
const drawn = ({ posted }: FakePort): unknown[] =>
  posted.flatMap((message) =>
    typeof message === "object" && message !== null && "message" in message
      ? [message.message]
      : [],
  );

const at = (document: string) =>
  ({ type: "guide.pointer", at: { document, node: 3, x: 0.5, y: 0.5 } }) as const;

describe("the recorders of the shared tab", () => {
  let events: HubEvent[];
  let open: boolean;
  let hub: RecorderHub;

  const connect = (document: string, frame = 0): FakePort => {
    const port = createFakePort(RECORDER_PORT, { frame });
    hub.accept(port);
    say(port, { type: "recorder.hello", document, top: frame === 0 });
    return port;
  };

  beforeEach(() => {
    events = [];
    open = true;
    hub = createRecorderHub({
      admit: () => (open ? HOST : undefined),
      start: { type: "host.start", salt: "s", who: "Marie", language: "fr" },
      listen: (event) => events.push(event),
    });
  });

  test("the first word has to be hello", () => {
    hub.run();
    const port = createFakePort(RECORDER_PORT, { frame: 0 });
    hub.accept(port);
    say(port, { type: "recorder.pong", at: 1 });
    expect(port.closed).toBe(true);
    expect(events).toEqual([]);
  });

  test("a second hello is one too many", () => {
    hub.run();
    const port = connect(PAGE);
    say(port, { type: "recorder.hello", document: FRAME, top: true });
    expect(port.closed).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(["page", "broken", "gone"]);
  });

  test("[M1] when the gate closes, what a recorder says is not heard any more", () => {
    hub.run();
    const port = connect(PAGE);
    open = false;
    say(port, { type: "recorder.asset-missing", token: "TTTTTTTTTTTTTTTTTTTTTQ", kind: "image" });
    expect(port.closed).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(["page", "gone"]);
  });

  test("a new page takes the place of the old one, whose end comes later", () => {
    hub.run();
    const old = connect(PAGE);
    const next = connect("CCCCCCCCCCCCCCCCCCCCCA");
    expect(old.types.at(-1)).toBe("host.stop");
    expect(old.closed).toBe(true);
    old.leave();
    expect(hub.page?.document).toBe("CCCCCCCCCCCCCCCCCCCCCA");
    expect(next.types).toEqual(["host.start"]);
  });

  test("the same recorder on a new Port goes on", () => {
    hub.run();
    connect(PAGE);
    const again = connect(PAGE);
    expect(again.types).toEqual(["host.start"]);
    expect(again.closed).toBe(false);
    expect(hub.page?.document).toBe(PAGE);
  });

  test("another frame can't take a document's name", () => {
    hub.run();
    connect(PAGE);
    expect(connect(PAGE, 3).closed).toBe(true);
    expect(hub.page?.document).toBe(PAGE);
  });

  test("a frame finds its place by the nonce, whichever side tells it first", () => {
    for (const parentFirst of [true, false]) {
      hub.stop();
      hub.run();
      events.length = 0;
      const page = connect(PAGE);
      const frame = connect(FRAME, 4);
      const told: (() => void)[] = [
        () => say(page, { type: "recorder.frame", childNonce: NONCE, node: 12 }),
        () => say(frame, { type: "recorder.child", nonce: NONCE }),
      ];
      for (const tell of parentFirst ? told : told.toReversed()) tell();
      say(frame, { type: "recorder.visible", visible: true });
      expect(events.at(-1)).toMatchObject({
        type: "said",
        frame: { document: FRAME, parent: { document: PAGE, node: 12 } },
      });
    }
  });

  test("[V2] a highlight goes to the document that it names, and clears every other", () => {
    hub.run();
    const page = connect(PAGE);
    const frame = connect(FRAME, 4);
    const highlight = { type: "guide.highlight" as const, guide: 1, node: 3, text: "Ici" };
    const clear = { type: "guide.clear" as const };
    expect(hub.guide({ ...highlight, document: FRAME })).toBe(true);
    expect(drawn(frame)).toEqual([{ ...highlight, document: FRAME }]);
    expect(drawn(page)).toEqual([clear]);
    expect(hub.guide({ ...highlight, document: "DDDDDDDDDDDDDDDDDDDDDA" })).toBe(false);
    expect(drawn(frame).at(-1)).toEqual(clear);
    expect(drawn(page)).toEqual([clear, clear]);
    hub.guide(clear);
    expect(drawn(frame)).toHaveLength(3);
    expect(drawn(page)).toHaveLength(3);
  });

  test("[V2] the pointer goes to the document pointed at, and to the one that it leaves", () => {
    hub.run();
    const page = connect(PAGE);
    const frame = connect(FRAME, 4);
    const other = connect("DDDDDDDDDDDDDDDDDDDDDA", 5);
    for (const document of [PAGE, PAGE, FRAME, FRAME]) hub.guide(at(document));
    expect(drawn(page)).toEqual([at(PAGE), at(PAGE), at(FRAME)]);
    expect(drawn(frame)).toEqual([at(FRAME), at(FRAME)]);
    expect(drawn(other)).toEqual([]);
    hub.guide({ type: "guide.pointer", at: null });
    expect(drawn(frame).at(-1)).toEqual({ type: "guide.pointer", at: null });
  });

  test("[V1] a stroke goes to the document that it is drawn in, and to no other", () => {
    hub.run();
    const page = connect(PAGE);
    const frame = connect(FRAME, 4);
    hub.guide({ type: "guide.stroke", guide: 1, document: PAGE, points: [[1, 1]], last: true });
    expect(drawn(page)).toHaveLength(1);
    expect(drawn(frame)).toEqual([]);
  });

  test("[S5] stop reaches every page, and nothing is heard after it", () => {
    hub.run();
    const page = connect(PAGE);
    const frame = connect(FRAME, 4);
    events.length = 0;
    hub.stop();
    for (const port of [page, frame]) {
      expect(port.types.at(-1)).toBe("host.stop");
      expect(port.closed).toBe(true);
      say(port, { type: "recorder.stop" });
    }
    expect(events).toEqual([]);
  });
});
