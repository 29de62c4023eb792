import { beforeEach, describe, expect, test } from "vitest";

import { encodeBase64url, utf8 } from "../../shared/bytes.ts";
import { settle } from "../../shared/client/testing/fake-clock.ts";
import { contentHashOf } from "../../shared/crypto/digest.ts";
import { extractTexts } from "../../shared/protocol/large-text.ts";
import { hostSchema } from "../../shared/sites.ts";
import { createFakeLink, type FakeLink } from "../host/testing/fake-link.ts";
import { createMirrorOut, type MirrorOut } from "./mirror-out.ts";
import type { Frame, Recorded } from "./recorder-hub.ts";

const page: Frame = {
  document: "AAAAAAAAAAAAAAAAAAAAAA",
  host: hostSchema.parse("www.caf.example"),
  top: true,
};
const TOKEN = "TTTTTTTTTTTTTTTTTTTTTQ";
const STYLE = `.a{color:red}${" ".repeat(2_000)}`;

type Events = Extract<Recorded, { type: "recorder.events" }>;

function events(key: boolean, css?: string): Events {
  const attributes = css === undefined ? {} : { _cssText: css };
  const node = { type: 2, tagName: "link", id: 2, attributes, childNodes: [] };
  return {
    type: "recorder.events",
    key,
    viewport: { width: 800, height: 600 },
    events: [{ type: key ? 2 : 3, timestamp: 1, data: key ? { node } : { source: 3 } }],
  };
}

function asset(token = TOKEN, text = "png"): Recorded {
  const bytes = encodeBase64url(utf8(text));
  return { type: "recorder.asset", token, mime: "image/png", bytes };
}

describe("from the recorders to the link", () => {
  let link: FakeLink;
  let asked: (string | undefined)[];
  let now: number;
  let out: MirrorOut;

  const take = async (frame: Frame, message: Recorded): Promise<void> => {
    out.take(frame, message);
    await out.settled();
    await settle(2);
  };
  const sent = (): string[] => link.sent.splice(0).map(({ type }) => type);

  beforeEach(() => {
    link = createFakeLink();
    link.emit({ type: "open", known: [] });
    asked = [];
    now = 10_000;
    out = createMirrorOut({
      link,
      extractTexts: (list) => extractTexts(list),
      askKey: (document) => asked.push(document),
      now: () => now,
      failed(error) {
        throw error;
      },
    });
    out.run();
    out.pageCame(page);
  });

  test("[M4] a document is announced once, and increments need a key frame before them", async () => {
    await take(page, events(false));
    expect(sent()).toEqual([]);
    await take(page, events(true));
    await take(page, events(false));
    expect(sent()).toEqual(["mirror.page", "mirror.events", "mirror.events"]);
  });

  test("[M6] a large style sheet crosses once, and before what refers to it", async () => {
    await take(page, events(true, STYLE));
    expect(link.sent[0]).toMatchObject({ type: "asset.data", mime: "text/css" });
    expect(JSON.stringify(link.sent[2])).toContain("$text");
    expect(sent()).toEqual(["asset.data", "mirror.page", "mirror.events"]);
    await take(page, events(true, STYLE));
    expect(sent()).toEqual(["mirror.events"]);
  });

  test("[M6] bytes cross once a session, whatever their number of names and pages", async () => {
    await take(page, asset());
    await take(page, asset("SSSSSSSSSSSSSSSSSSSSSQ"));
    await take({ ...page, document: "BBBBBBBBBBBBBBBBBBBBBA" }, asset());
    expect(sent()).toEqual(["asset.data", "asset.bound", "asset.bound"]);
  });

  test("[M6] what the console still holds does not cross again", async () => {
    const hash = await contentHashOf(utf8("png"));
    out.begin([hash, await contentHashOf(utf8(STYLE))]);
    await take(page, asset());
    await take(page, events(true, STYLE));
    expect(sent()).toEqual(["asset.bound", "mirror.page", "mirror.events"]);
  });

  test("[L2] after a new handshake what the present pages show is owed again", async () => {
    await take(page, asset());
    await take(page, events(true));
    sent();
    out.begin([]);
    await take(page, events(false));
    expect(sent()).toEqual([]);
    await take(page, events(true));
    expect(sent()).toEqual(["mirror.page", "mirror.events", "asset.data", "asset.bound"]);
  });

  test("[M6] what can't be carried is told once", async () => {
    const missing: Recorded = { type: "recorder.asset-missing", token: TOKEN, kind: "font" };
    await take(page, missing);
    await take(page, missing);
    expect(link.sent).toEqual([{ type: "asset.missing", token: TOKEN, kind: "font" }]);
  });

  test("[M6] a style sheet that is missing is told again with each page that lacks it", async () => {
    const missing: Recorded = { type: "recorder.asset-missing", token: TOKEN, kind: "style" };
    const next: Frame = { ...page, document: "BBBBBBBBBBBBBBBBBBBBBA" };
    await take(page, missing);
    out.pageWent(page);
    await take(next, missing);
    expect(sent()).toEqual(["asset.missing", "asset.missing"]);
  });

  test("[L6] a slow line: increments are dropped, and once drained one key frame is asked for", async () => {
    await take(page, events(true));
    sent();
    link.congest(true);
    await take(page, events(false));
    await take(page, asset());
    link.congest(false);
    await take(page, events(false));
    expect(sent()).toEqual([]);
    out.drained();
    await settle(2);
    expect(asked).toEqual([page.document]);
    expect(sent()).toEqual(["asset.data", "asset.bound"]);
    await take(page, events(true));
    await take(page, events(false));
    expect(sent()).toEqual(["mirror.events", "mirror.events"]);
  });

  test("[M4] the console's requests are honoured every 2 s", () => {
    out.requested();
    now += 1_999;
    out.requested();
    now += 1;
    out.requested();
    expect(asked).toEqual([undefined, undefined]);
  });

  test("a frame waits for its parent, and then gives a key frame", async () => {
    const frame: Frame = {
      ...page,
      document: "BBBBBBBBBBBBBBBBBBBBBA",
      top: false,
      parent: { document: page.document, node: 9 },
    };
    await take(frame, events(true));
    expect(sent()).toEqual([]);
    await take(page, events(true));
    expect(asked).toEqual([frame.document]);
    await take(frame, events(true));
    expect(link.sent).toContainEqual({
      type: "mirror.page",
      document: frame.document,
      host: page.host,
      viewport: { width: 800, height: 600 },
      parent: { document: page.document, node: 9 },
    });
  });

  test("nothing is handed to a link that is not open", async () => {
    link.emit({ type: "lost" });
    await take(page, events(true));
    await take(page, asset());
    expect(link.sent).toEqual([]);
  });

  test("[M5] held, nothing more leaves: neither events nor bytes, not even those that wait", async () => {
    const arrive = link.stall();
    out.take(page, events(true, STYLE));
    await settle(2);
    expect(sent()).toEqual(["asset.data"]);
    out.take(page, asset());
    out.take(page, events(false));
    out.hold();
    arrive();
    await out.settled();
    await take(page, events(true));
    await take(page, asset("SSSSSSSSSSSSSSSSSSSSSQ"));
    expect(sent()).toEqual([]);
  });

  test("[M5] a pause while a new page is announced keeps its key frame back", async () => {
    const arrive = link.stall();
    out.take(page, events(true));
    await settle(2);
    expect(sent()).toEqual(["mirror.page"]);
    out.hold();
    arrive();
    await out.settled();
    expect(sent()).toEqual([]);
  });

  test("[M5] what waited before a pause does not leave after it either", async () => {
    await take(page, events(true));
    sent();
    const arrive = link.stall();
    out.take(page, events(true));
    await settle(2);
    out.take(page, events(false));
    out.take(page, events(true));
    out.take(page, asset());
    out.hold();
    out.run();
    arrive();
    await out.settled();
    await settle(2);
    expect(sent()).toEqual(["mirror.events"]);
    await take(page, events(false));
    expect(sent()).toEqual([]);
    await take(page, events(true));
    await take(page, events(false));
    await take(page, asset());
    expect(sent()).toEqual(["mirror.events", "mirror.events", "asset.data", "asset.bound"]);
  });

  test("[M5] a picture that waited and is told no more after a pause stays here", async () => {
    link.congest(true);
    await take(page, asset());
    out.hold();
    link.congest(false);
    out.run();
    out.drained();
    await settle(2);
    expect(sent()).toEqual([]);
  });
});
