import { describe, expect, test } from "vitest";

import { createMerge } from "./merge.ts";
import type { SafeEvent } from "./safe-event.ts";

const key = (root: number): SafeEvent => ({
  type: 2,
  data: {
    node: {
      type: 0,
      id: root,
      childNodes: [{ type: 2, id: root + 1, tagName: "html", attributes: {}, childNodes: [] }],
    },
    initialOffset: { top: 0, left: 0 },
  },
});
const scroll = (id: number): SafeEvent => ({ type: 3, data: { source: 3, id, x: 0, y: 10 } });

function family() {
  const merge = createMerge<SafeEvent>();
  merge.page("top");
  merge.page("child", { document: "top", node: 9 });
  merge.page("grandchild", { document: "child", node: 5 });
  return merge;
}

/** The drawn events, translated. */
function draw(merge: ReturnType<typeof family>, document: string, ...events: SafeEvent[]) {
  const ready = [...merge.route(document, events), ...merge.released(document)];
  return ready.map(({ frame, event }) => merge.translate(frame, structuredClone(event)));
}

describe("ids", () => {
  test("a child's ids are moved, and the way back is exact", () => {
    const merge = family();
    draw(merge, "top", key(1));
    draw(merge, "child", key(1));
    const id = merge.find("child", 42);
    expect(id).not.toBe(42);
    expect(merge.resolve(id ?? 0)).toEqual({ document: "child", node: 42 });
    expect(merge.resolve(42)).toEqual({ document: "top", node: 42 });
    expect(merge.find("nobody", 1)).toBeUndefined();
  });

  test("a child's key frame becomes the content of its frame element", () => {
    const merge = family();
    draw(merge, "top", key(1));
    const [attached] = draw(merge, "child", key(1));
    expect(attached).toMatchObject({
      type: 3,
      data: { isAttachIframe: true, adds: [{ parentId: 9, nextId: null }] },
    });
    const [add] = attached?.type === 3 && attached.data.source === 0 ? attached.data.adds : [];
    const root = merge.find("child", 1);
    expect(add?.node).toMatchObject({ id: root, childNodes: [{ rootId: root }] });
  });

  test("every kind of increment is moved", () => {
    const merge = family();
    draw(merge, "top", key(1));
    draw(merge, "child", key(1));
    const increments: SafeEvent[] = [
      scroll(3),
      { type: 3, data: { source: 1, positions: [{ x: 0, y: 0, id: 3, timeOffset: 0 }] } },
      { type: 3, data: { source: 2, type: 2, id: 3, x: 0, y: 0 } },
      { type: 3, data: { source: 5, id: 3, text: "", isChecked: false } },
      { type: 3, data: { source: 8, id: 3, adds: [] } },
      { type: 3, data: { source: 13, styleId: 3, index: [0] } },
      {
        type: 3,
        data: { source: 14, ranges: [{ start: 3, startOffset: 0, end: 3, endOffset: 1 }] },
      },
      { type: 3, data: { source: 15, id: 3, styleIds: [3], styles: [{ styleId: 3, rules: [] }] } },
      {
        type: 3,
        data: {
          source: 0,
          adds: [{ parentId: 3, nextId: 3, node: { type: 3, id: 3, textContent: "" } }],
          removes: [{ parentId: 3, id: 3 }],
          texts: [{ id: 3, value: "" }],
          attributes: [{ id: 3, attributes: {} }],
        },
      },
    ];
    const moved = String(merge.find("child", 3));
    for (const event of draw(merge, "child", ...increments)) {
      const text = JSON.stringify(event);
      expect(text).toContain(moved);
      expect(text).not.toMatch(/"(?:id|parentId|nextId|styleId|start|end)":3\b/);
    }
  });

  test("the window of a child is its frame's", () => {
    const merge = family();
    draw(merge, "top", key(1));
    draw(merge, "child", key(1));
    const size = { width: 10, height: 10, look: { dark: false, bar: 15 } };
    const meta: SafeEvent = { type: 4, data: { href: "about:blank", ...size } };
    const resize: SafeEvent = { type: 3, data: { source: 4, ...size } };
    expect(draw(merge, "child", meta, resize)).toEqual([undefined, undefined]);
  });
});

describe("[M4] key frames go top down", () => {
  test("increments before any key frame are dropped", () => {
    const merge = family();
    expect(draw(merge, "top", scroll(1))).toEqual([]);
    expect(draw(merge, "top", key(1), scroll(1))).toHaveLength(2);
  });

  test("a child that comes first waits for its parent, with what followed", () => {
    const merge = family();
    expect(draw(merge, "grandchild", key(1), scroll(1))).toEqual([]);
    expect(draw(merge, "child", key(1))).toEqual([]);
    expect(draw(merge, "top", key(1))).toHaveLength(4);
  });

  test("a parent's key frame drops its children until theirs comes", () => {
    const merge = family();
    draw(merge, "top", key(1));
    draw(merge, "child", key(1));
    draw(merge, "grandchild", key(1));
    draw(merge, "top", key(1));
    expect(draw(merge, "child", scroll(2))).toEqual([]);
    expect(draw(merge, "grandchild", scroll(2))).toEqual([]);
    expect(draw(merge, "child", key(1))).toHaveLength(1);
    expect(draw(merge, "child", scroll(2))).toHaveLength(1);
    expect(draw(merge, "grandchild", scroll(2))).toEqual([]);
  });

  test("a new page of the tab forgets every frame of the old one", () => {
    const merge = family();
    draw(merge, "top", key(1));
    merge.page("next");
    expect(draw(merge, "child", key(1))).toEqual([]);
    expect(merge.find("child", 1)).toBeUndefined();
    expect(merge.isTop("next")).toBe(true);
  });

  test("an unknown document, or a child of one, draws nothing", () => {
    const merge = family();
    merge.page("lost", { document: "nobody", node: 3 });
    expect(draw(merge, "lost", key(1))).toEqual([]);
    expect(draw(merge, "stranger", key(1))).toEqual([]);
  });

  test("more frames than a page can need are not added", () => {
    const merge = createMerge();
    merge.page("top");
    for (let at = 0; at < 500; at += 1)
      merge.page(`child ${at}`, { document: "top", node: at + 2 });
    expect(merge.find("child 499", 1)).toBeUndefined();
  });
});
