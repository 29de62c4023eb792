import { describe, expect, test } from "vitest";

import { type EventContext, safeEvent } from "./safe-event.ts";
import { createBudget, createCssReader } from "./safe-value.ts";

const tags: Record<number, string> = { 1: "style", 2: "a", 3: "img", 4: "div" };
const context = (): EventContext => ({
  asset: () => undefined,
  box: () => "data:image/png,",
  css: createCssReader(() => undefined).read,
  spend: createBudget(() => undefined),
  tag: (id) => tags[id],
  parentTag: (id) => (id === 11 ? "style" : id === 12 ? "p" : undefined),
});
const read = (event: unknown) => safeEvent(event, context());
const increment = (data: Record<string, unknown>) => read({ type: 3, timestamp: 1, data });
const EVIL = "url(http://evil.example)";
const NOTHING = 'url("data:,")';

describe("[M7] only what a mirror needs is drawn", () => {
  test.each([
    ["a canvas command", { source: 9, id: 4, type: 0, commands: [] }],
    ["a font made by script", { source: 10, family: "x", fontSource: "url(x)", buffer: false }],
    ["media", { source: 7, id: 4, type: 0 }],
    ["a log", { source: 11, level: "log" }],
    ["a custom element", { source: 16, define: { name: "x-y" } }],
    ["nothing known", { source: 99 }],
    ["no source", {}],
    ["a scroll to nowhere", { source: 3, id: 4, x: "1", y: Number.NaN }],
    ["a window without a size", { source: 4, width: 0, height: 1e9 }],
    ["a click of no kind", { source: 2, id: 4, type: 55 }],
    ["moves without places", { source: 1, positions: [{ x: 1 }, null, 5] }],
    ["a declaration without its rule", { source: 13, id: 1, index: "0" }],
  ])("%s is not", (_, data) => {
    expect(increment(data)).toBeUndefined();
  });

  test.each([0, 1, 5, 6, 7, "2", null, undefined])("nor an event of type %j", (type) => {
    expect(read({ type, data: { tag: "x", payload: {} } })).toBeUndefined();
  });

  test.each([null, 5, "x", [], {}, { type: 3 }, { type: 3, data: [] }])("nor %j", (event) => {
    expect(read(event)).toBeUndefined();
  });

  test("a key frame is a document", () => {
    expect(read({ type: 2, data: { node: { type: 2, id: 1, tagName: "p" } } })).toBeUndefined();
    expect(read({ type: 2, data: { node: { type: 0, id: 1, childNodes: [] } } })).toEqual({
      type: 2,
      data: { node: { type: 0, id: 1, childNodes: [] }, initialOffset: { top: 0, left: 0 } },
    });
  });

  test("no address of the page is kept", () => {
    expect(
      read({ type: 4, data: { href: "http://a.example/?q=1", width: 10, height: 20 } }),
    ).toEqual({
      type: 4,
      data: { href: "about:blank", width: 10, height: 20, look: { dark: false, bar: undefined } },
    });
  });

  test.each([
    [
      { dark: true, bar: 17 },
      { dark: true, bar: 17 },
    ],
    [
      { dark: "yes", bar: 0 },
      { dark: false, bar: 0 },
    ],
    [{ bar: 61 }, { dark: false, bar: undefined }],
    [{ bar: "1px}*{color:red" }, { dark: false, bar: undefined }],
    [{ bar: -1 }, { dark: false, bar: undefined }],
    [{ bar: 1.5 }, { dark: false, bar: undefined }],
  ])("of how the window looks only two facts are read: %j", (told, look) => {
    const size = { width: 10, height: 20 };
    expect(read({ type: 4, data: { ...size, ...told } })).toMatchObject({ data: { look } });
    expect(increment({ source: 4, ...size, ...told })).toMatchObject({ data: { look } });
  });
});

describe("[M7] what changes later is read like what was there first", () => {
  test("attributes, by the element that they are on", () => {
    const event = increment({
      source: 0,
      attributes: [
        { id: 2, attributes: { href: "javascript:alert(1)", onclick: "x" } },
        { id: 3, attributes: { src: "http://evil.example", name: "head" } },
        {
          id: 4,
          attributes: { style: { background: EVIL, color: ["red", "important"], top: false } },
        },
        { id: 99, attributes: { src: "http://evil.example", href: "#a" } },
        { id: -1, attributes: {} },
      ],
    });
    expect(event).toMatchObject({
      data: {
        attributes: [
          { id: 2, attributes: { href: "#" } },
          { id: 3, attributes: {} },
          {
            id: 4,
            attributes: { style: { background: NOTHING, color: ["red", "important"], top: false } },
          },
          { id: 99, attributes: {} },
        ],
      },
    });
  });

  test("texts, as CSS in a style element and where the place is unknown", () => {
    const texts = [11, 12, 13].map((id) => ({ id, value: EVIL }));
    expect(increment({ source: 0, texts })).toMatchObject({
      data: {
        texts: [
          { id: 11, value: NOTHING },
          { id: 12, value: EVIL },
          { id: 13, value: NOTHING },
        ],
      },
    });
  });

  test("nodes, and text added to a style element", () => {
    const event = increment({
      source: 0,
      adds: [
        { parentId: 4, nextId: null, node: { type: 2, id: 20, tagName: "script", attributes: {} } },
        { parentId: 1, nextId: "x", node: { type: 3, id: 21, textContent: EVIL } },
        { parentId: 0, node: { type: 3, id: 22, textContent: "" } },
        { parentId: 4, node: { type: 0, id: 23, childNodes: [] } },
        null,
      ],
    });
    expect(event).toMatchObject({
      data: {
        adds: [
          { parentId: 4, node: { tagName: "noscript" } },
          { parentId: 1, nextId: null, node: { textContent: NOTHING } },
        ],
      },
    });
  });

  test("rules, declarations and adopted style sheets", () => {
    expect(
      increment({
        source: 8,
        id: 1,
        adds: [{ rule: `a{background:${EVIL}}`, index: [0, 1] }, { rule: 5 }],
        removes: [{ index: 2 }, { index: -1 }],
        replace: `@import "http://evil.example";`,
      }),
    ).toMatchObject({
      data: {
        adds: [{ rule: `a{background:${NOTHING}}`, index: [0, 1] }],
        removes: [{ index: 2 }],
        replace: "",
      },
    });
    expect(
      increment({ source: 13, id: 1, index: [0], set: { property: "background", value: EVIL } }),
    ).toMatchObject({ data: { set: { property: "background", value: NOTHING } } });
    expect(
      increment({
        source: 15,
        id: 4,
        styleIds: [1, "x"],
        styles: [{ styleId: 1, rules: [{ rule: `a{background:${EVIL}}`, index: 0 }] }],
      }),
    ).toMatchObject({
      data: {
        styleIds: [1],
        styles: [{ styleId: 1, rules: [{ rule: `a{background:${NOTHING}}`, index: 0 }] }],
      },
    });
  });
});
