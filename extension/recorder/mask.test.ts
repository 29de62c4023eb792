import { describe, expect, test, vi } from "vitest";

import { createMask } from "./mask.ts";
import { createFieldStates } from "./masking/field-states.ts";
import { EVENT, type Fields, SOURCE } from "./masking/serialized.ts";
import { takeSnapshot } from "./snapshot.ts";

// Before the other imports: they read the prototypes.
const { asDocument, asElement, asNode, comment, h, page, style, svg, text } = await vi.hoisted(
  () => import("./testing/fake-dom.ts"),
);

const SALT = new Uint8Array(32).fill(7);

/** A mirror of fake nodes, and the mask on it. */
function setUp() {
  const nodes = new Map<number, Node>();
  const ids = new Map<Node, number>();
  const told: string[] = [];
  const needKey = vi.fn<() => void>();
  const fields = createFieldStates((_element, state) => told.push(state));
  const mask = createMask({
    salt: SALT,
    origin: "https://site.example",
    fields,
    nodeOf: (id) => nodes.get(id) ?? null,
    address: (url, kind) => (url.startsWith("data:") ? url : `asset:${kind}`),
    chosen: () => {},
    boxed: () => {},
    needKey,
    styleReplaced: () => {},
    linkTold: () => {},
    look: () => ({ dark: true, bar: 15 }),
  });
  const add = (node: Node, id: number): void => {
    nodes.set(id, node);
    ids.set(node, id);
  };
  const snapshot = (): string => {
    const steps = takeSnapshot(asDocument(page), {
      book: { idOf: (node) => ids.get(node) ?? -1, add },
      nodes: mask.nodes,
      css: mask.css,
      shadowRootOf: () => null,
      observeShadow: () => {},
      told: new Map(),
      leave: () => {},
      sheetTold: () => {},
      unreadable: () => {},
    });
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
    }
  };
  const mutation = (data: Fields) =>
    mask.event({
      type: EVENT.incremental,
      timestamp: 1,
      data: { source: SOURCE.mutation, texts: [], attributes: [], removes: [], adds: [], ...data },
    });
  return {
    mask,
    add,
    snapshot,
    mutation,
    told,
    needKey,
    idOf: (node: Node) => ids.get(node) ?? -1,
  };
}

function numbers(json: string): string[] {
  return json.match(/"id":\d+/g) ?? [];
}

/** Every place that the mask must empty holds a SECRET; what stays visible says SEEN. */
const canary = h(
  "html",
  { "data-x": "SECRET-1", lang: "fr" },
  h(
    "head",
    {},
    h("meta", { name: "csrf-token", content: "SECRET-2" }),
    h("base", { href: "https://site.example/?SECRET-3" }),
    h("link", { rel: "canonical", href: "https://site.example/?t=SECRET-4" }),
    h("script", { "data-s": "SECRET-5" }, "SECRET-6"),
    style('.a{background:url("https://site.example/i.png?SECRET-7")} /* SECRET-8 */ .b{color:red}'),
  ),
  h(
    "body",
    { onload: "SECRET-9()" },
    comment("SECRET-10"),
    h("p", { title: "SEEN title" }, "SEEN text"),
    h("div", { contenteditable: "true" }, h("b", {}, "SECRET-11")),
    h("div", { role: "textbox" }, "SECRET-12"),
    h("input", {
      type: "text",
      value: "SECRET-13",
      name: "SECRET-14",
      "data-v": "SECRET-15",
      placeholder: "SEEN placeholder",
    }),
    h("input", { type: "password", value: "SECRET-16" }),
    h("input", { type: "hidden", value: "SECRET-17" }),
    h("input", { type: "checkbox", value: "SECRET-18", checked: "", "aria-checked": "SECRET-19" }),
    h("input", { type: "radio", value: "SECRET-20", checked: "" }),
    h("input", { type: "number", value: "123456789" }),
    h("input", { type: "weird", value: "SECRET-21" }),
    h("input", { type: "submit", value: "SEEN button" }),
    h("textarea", { value: "SECRET-22" }, "SECRET-23"),
    h(
      "select",
      { value: "SECRET-24" },
      h("option", { value: "SECRET-24", selected: "" }, "SEEN option"),
    ),
    h("datalist", {}, h("option", { value: "SECRET-25" }, "SECRET-26")),
    h("output", {}, "SEEN output"),
    h("progress", { value: "0.777777" }),
    h("a", { href: "/dossier?nir=SECRET-27#SECRET-28", download: "SECRET-29" }, "SEEN link"),
    h(
      "form",
      { action: "/p?SECRET-30" },
      h("button", { formaction: "/q?SECRET-31", value: "SECRET-32" }, "SEEN"),
    ),
    h("img", {
      src: "https://site.example/i.png?SECRET-33",
      srcset: "/i?SECRET-34 2x",
      alt: "SEEN alt",
    }),
    h("div", { style: "background:url('/i?SECRET-35')" }),
    h("iframe", { srcdoc: "SECRET-36", src: "/f?SECRET-37", name: "SECRET-38" }),
    h("object", { data: "/o?SECRET-39" }, "SECRET-40"),
    h("noscript", {}, "SECRET-41"),
    h("video", { src: "/v?SECRET-47" }, h("source", { src: "/v?SECRET-48" }), "SECRET-49"),
    h("canvas", { width: "300" }, "SECRET-50"),
    h("template", {}, "SECRET-42"),
    h("x-input", { value: "SECRET-43", "model-value": "SECRET-44" }),
    h("div", { "aria-valuetext": "SECRET-45", "aria-valuenow": "987654321" }),
    h("p", { id: "dossier-1234567890123", class: "user-77665544 plain" }),
    svg("use", { href: "https://site.example/sprite.svg?SECRET-46#mark" }),
  ),
);

describe("mask", () => {
  test("[M2] nothing of the canary leaves in a key frame, and what is seen stays", () => {
    const { snapshot } = setUp();
    page.append(canary);
    const json = snapshot();
    expect(json.match(/SECRET-\d+/g) ?? []).toEqual([]);
    for (const secret of ["123456789", "987654321", "0.777777", "1234567890123", "77665544"])
      expect(json).not.toContain(secret);
    expect(new Set(json.match(/SEEN\w* ?\w*/g))).toEqual(
      new Set([
        "SEEN title",
        "SEEN text",
        "SEEN placeholder",
        "SEEN button",
        "SEEN option",
        "SEEN output",
        "SEEN link",
        "SEEN",
        "SEEN alt",
      ]),
    );
    expect(json).toContain('"class":"user-');
    expect(json).toContain("asset:image#mark");
    expect(JSON.parse(json)).toMatchObject({ type: 0, childNodes: [{ tagName: "html" }] });
  });

  test("[M2] a second key frame gives every node the same number", () => {
    const { snapshot } = setUp();
    const first = snapshot();
    expect(numbers(snapshot())).toEqual(numbers(first));
  });

  test("[M2] what is added in a field, a comment or a script stays in the page", () => {
    const { mutation, add } = setUp();
    const editor = h("div", { contenteditable: "" });
    const deep = h("p");
    editor.append(deep);
    add(asNode(editor), 1);
    add(asNode(deep), 2);
    const masked = mutation({
      adds: [
        { parentId: 1, nextId: null, node: { type: 3, id: 3, textContent: "SECRET" } },
        { parentId: 2, nextId: null, node: { type: 3, id: 4, textContent: "SECRET" } },
      ],
    });
    expect(masked).toBeUndefined();
  });

  test("[M2] a text that changes is told, but in a field", () => {
    const { mutation, add } = setUp();
    const shown = text("");
    const written = text("");
    h("p", {}, shown);
    h("div", { role: "textbox" }, written);
    add(asNode(shown), 1);
    add(asNode(written), 2);
    const masked = mutation({
      texts: [
        { id: 1, value: "SEEN" },
        { id: 2, value: "SECRET" },
      ],
    });
    expect(masked?.data).toMatchObject({ texts: [{ id: 1, value: "SEEN" }] });
    expect(JSON.stringify(masked)).not.toContain("SECRET");
  });

  test("[M3] of a field's own style, what grows with what is written in it stays here", () => {
    const { mutation, add, mask } = setUp();
    const look = "color:red; HEIGHT: 132px;min-width:3ch;--filled:37%;background-size:37% 100%";
    const letter = h("textarea", { style: look });
    const words = h("p", { style: look });
    expect(mask.nodes.live(asElement(letter), "textarea")).toMatchObject({ style: "color:red" });
    expect(JSON.stringify(mask.nodes.live(asElement(words), "p"))).toContain("132px");
    add(asNode(letter), 1);
    for (const value of [look, { height: "132px", color: "red", "--filled": "37%" }]) {
      const masked = mutation({ attributes: [{ id: 1, attributes: { style: value } }] });
      expect(JSON.stringify(masked)).toContain("red");
      expect(JSON.stringify(masked)).not.toMatch(/132|37/);
    }
  });

  test("[M3] what an editor takes away and puts back at each key is not told", () => {
    const { mutation, add } = setUp();
    const editor = h("div", { contenteditable: "true" });
    const around = h("div", {});
    add(asNode(editor), 1);
    add(asNode(around), 2);
    expect(mutation({ removes: [{ parentId: 1, id: 9 }] })).toBeUndefined();
    expect(
      mutation({
        removes: [
          { parentId: 1, id: 9 },
          { parentId: 2, id: 8 },
        ],
      })?.data,
    ).toMatchObject({ removes: [{ parentId: 2, id: 8 }] });
  });

  test("[M6] what a box stands for tells how large it is, in a key frame and when it changes", () => {
    const { mutation, add, mask } = setUp();
    const chart = h("canvas", { width: "300", height: "150" });
    const sound = h("audio", { hidden: "", width: "300", height: "54" });
    expect(mask.nodes.live(asElement(chart), "canvas")).toEqual({
      width: "300",
      height: "150",
      "data-epaule-box": "shown",
      rr_width: "300px",
      rr_height: "150px",
    });
    expect(mask.nodes.live(asElement(sound), "audio")).toMatchObject({ "data-epaule-box": "none" });
    add(asNode(chart), 1);
    const change = (attributes: Fields): unknown =>
      mutation({ attributes: [{ id: 1, attributes }] })?.data;
    const size = { width: "300px", height: "150px" };
    const written = "color:red;width:300px;height:150px";
    for (const [changed, worn] of [
      [{ class: "large" }, size],
      [{ style: { color: "red" } }, { color: "red", ...size }],
      [{ style: "color:red" }, written],
    ] as const)
      expect(change(changed)).toMatchObject({
        attributes: [{ id: 1, attributes: { "data-epaule-box": "shown", style: worn } }],
      });
  });

  test("[M2] an attribute that changes passes the same list", () => {
    const { mutation, add } = setUp();
    const element = h("a", { href: "/x" });
    add(asNode(element), 1);
    const masked = mutation({
      attributes: [
        {
          id: 1,
          attributes: {
            href: "/y?SECRET",
            "data-y": "SECRET",
            onclick: "SECRET",
            title: "SEEN",
            class: "open",
            hidden: null,
            srcdoc: "SECRET",
          },
        },
      ],
    });
    expect(masked?.data).toMatchObject({
      attributes: [
        { id: 1, attributes: { href: "#", title: "SEEN", class: "open", hidden: null } },
      ],
    });
    expect(JSON.stringify(masked)).not.toContain("SECRET");
  });

  test("[M2] an element that becomes a field asks for a new key frame", () => {
    const { mutation, add, needKey } = setUp();
    const element = h("div");
    add(asNode(element), 1);
    mutation({ attributes: [{ id: 1, attributes: { contenteditable: "true" } }] });
    expect(needKey).toHaveBeenCalledOnce();
  });

  test("[M2] what we tell the mirror by attributes of our own, the page can't tell it", () => {
    const { mask } = setUp();
    mask.css("[data-epaule-popover=open], [data-epaule-field=filled] { color: red; }");
    const told = h("div", { "data-epaule-popover": "open", "data-epaule-field": "filled" });
    expect(mask.nodes.live(asElement(told), "div")).toEqual({});
  });

  test("[M2] of an address only the origin leaves", () => {
    const { mask } = setUp();
    const meta = mask.event({
      type: EVENT.meta,
      timestamp: 1,
      data: { href: "https://site.example/SECRET?SECRET", width: 800, height: 600 },
    });
    expect(meta?.data).toEqual({
      href: "https://site.example",
      width: 800,
      height: 600,
      dark: true,
      bar: 15,
    });
  });

  test("[M2] an input event only says where to look", () => {
    const { mask, add, told } = setUp();
    const field = h("input", { type: "text" });
    add(asNode(field), 1);
    // The mirror shows it empty before the person writes.
    mask.nodes.live(asElement(field), "input");
    field.value = "SECRET";
    const masked = mask.event({
      type: EVENT.incremental,
      timestamp: 1,
      data: { source: SOURCE.input, id: 1, text: "SECRET", isChecked: true, userTriggered: true },
    });
    expect(masked).toBeUndefined();
    expect(told).toEqual(["filling"]);
  });

  test.each([5, 6, 7, 0, 1, 99])("[M2] an event of type %i does not leave", (type) => {
    const { mask } = setUp();
    expect(mask.event({ type, timestamp: 1, data: { payload: "SECRET" } })).toBeUndefined();
  });

  test.each([7, 9, 10, 11, 14, 16, 99])(
    "[M2] an increment of source %i does not leave",
    (source) => {
      const { mask } = setUp();
      const event = { type: EVENT.incremental, timestamp: 1, data: { source, text: "SECRET" } };
      expect(mask.event(event)).toBeUndefined();
    },
  );

  test("[M2] a style rule keeps its look and loses its address", () => {
    const { mask } = setUp();
    const masked = mask.event({
      type: EVENT.incremental,
      timestamp: 1,
      data: {
        source: SOURCE.styleSheetRule,
        id: 4,
        secret: "SECRET",
        adds: [
          { rule: ".x-123456{background:url(/i?SECRET);color:red}", index: 0, more: "SECRET" },
        ],
      },
    });
    expect(JSON.stringify(masked)).not.toMatch(/SECRET|123456/);
    expect(JSON.stringify(masked)).toContain("color:red");
  });
});
