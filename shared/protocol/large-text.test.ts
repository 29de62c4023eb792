import * as fc from "fast-check";
import { expect, test } from "vitest";

import { utf8 } from "../bytes.ts";
import { contentHashOf } from "../crypto/digest.ts";
import { extractTexts, restoreTexts } from "./large-text.ts";

const CSS = "a{color:red}".repeat(100);
const SHORT = "a{color:red}";

const styleNode = (textContent: string) => ({
  type: 2,
  tagName: "style",
  attributes: {},
  id: 7,
  childNodes: [{ type: 3, textContent, id: 8 }],
});
const snapshot = (...childNodes: unknown[]) => ({
  type: 2,
  timestamp: 1,
  data: {
    node: { type: 0, id: 1, childNodes: [{ type: 2, tagName: "html", id: 2, childNodes }] },
    initialOffset: { top: 0, left: 0 },
  },
});
const increment = (source: number, data: object) => ({
  type: 3,
  timestamp: 2,
  data: { source, ...data },
});

test.each<[string, (css: unknown) => unknown]>([
  [
    "a linked style sheet",
    (css) =>
      snapshot({
        type: 2,
        tagName: "link",
        id: 3,
        attributes: { _cssText: css },
        childNodes: [],
      }),
  ],
  [
    "the text of a style element",
    (css) => snapshot({ ...styleNode(""), childNodes: [{ type: 3, textContent: css, id: 8 }] }),
  ],
  [
    "an added style element",
    (css) =>
      increment(0, {
        adds: [
          { parentId: 2, nextId: null, node: { ...styleNode(""), childNodes: [] } },
          { parentId: 7, nextId: null, node: { type: 3, textContent: css, id: 8 } },
        ],
      }),
  ],
  [
    "a changed attribute",
    (css) => increment(0, { attributes: [{ id: 3, attributes: { _cssText: css } }] }),
  ],
  ["an inserted rule", (css) => increment(8, { id: 3, adds: [{ rule: css, index: 0 }] })],
  ["a replaced style sheet", (css) => increment(8, { id: 3, replaceSync: css })],
  [
    "an adopted style sheet",
    (css) => increment(15, { id: 1, styles: [{ styleId: 1, rules: [{ rule: css, index: 0 }] }] }),
  ],
])("[M6] %s crosses by its hash and comes back", async (_, eventWith) => {
  const hash = await contentHashOf(utf8(CSS));
  const original = [eventWith(CSS)];
  const before = JSON.stringify(original);
  const { events, texts } = await extractTexts(original);
  expect(events).toEqual([eventWith({ $text: hash })]);
  expect([...texts]).toEqual([[hash, CSS]]);
  expect(JSON.stringify(original)).toBe(before);
  expect(restoreTexts(events, (wanted) => texts.get(wanted))).toEqual(original);
  expect(await extractTexts([eventWith(SHORT)])).toEqual({
    events: [eventWith(SHORT)],
    texts: new Map(),
  });
});

test("[M6] the bound is in bytes, and exact", async () => {
  for (const [text, kept] of [
    ["x".repeat(1023), 0],
    ["x".repeat(1024), 1],
    ["é".repeat(511), 0],
    ["é".repeat(512), 1],
  ] as const)
    expect((await extractTexts([snapshot(styleNode(text))], 1024)).texts.size).toBe(kept);
});

test("[M6] one text that stands twice crosses once", async () => {
  const { texts } = await extractTexts([snapshot(styleNode(CSS)), snapshot(styleNode(CSS))]);
  expect(texts.size).toBe(1);
});

test("[M6] long text that is not style stays where it is", async () => {
  const paragraph = { type: 2, tagName: "p", id: 3, childNodes: [{ type: 3, textContent: CSS }] };
  const original = [snapshot(paragraph), increment(0, { texts: [{ id: 8, value: CSS }] })];
  expect(await extractTexts(original)).toEqual({ events: original, texts: new Map() });
});

test("[M6] a reference means something in its places only, and a page cannot write one there", () => {
  const reference = { $text: "A".repeat(43) };
  const elsewhere = [
    snapshot({ type: 2, tagName: "p", id: 3, attributes: reference, childNodes: [reference] }),
    { type: 5, data: { payload: reference } },
    reference,
    increment(0, { attributes: [{ id: 3, attributes: { _cssText: { ...reference, more: 1 } } }] }),
    increment(0, { attributes: [{ id: 3, attributes: { _cssText: { $text: "short" } } }] }),
  ];
  expect(restoreTexts(elsewhere, () => "stolen")).toEqual(elsewhere);
});

test("[M6] a text that is not there becomes empty, and the caller has seen which", () => {
  const hash = "A".repeat(43);
  const missed: string[] = [];
  const events = restoreTexts([increment(8, { replace: { $text: hash } })], (wanted) => {
    missed.push(wanted);
    return undefined;
  });
  expect(events).toEqual([increment(8, { replace: "" })]);
  expect(missed).toEqual([hash]);
});

test("[M6] whatever the events are, they come back", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue()), async (values) => {
      const { events, texts } = await extractTexts(values, 1);
      expect(restoreTexts(events, (hash) => texts.get(hash))).toEqual(values);
    }),
  );
});

test("[M7] a document of a hostile depth is no fault", async () => {
  const deep: unknown = JSON.parse(`${'{"childNodes":['.repeat(50_000)}1${"]}".repeat(50_000)}`);
  const event = { type: 2, data: deep };
  expect(restoreTexts([event], () => "")).toHaveLength(1);
  expect((await extractTexts([event])).texts.size).toBe(0);
});
