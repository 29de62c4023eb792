import { describe, expect, test } from "vitest";

import { WAITING } from "./safe-attributes.ts";
import { type SafeNode, safeNode } from "./safe-node.ts";
import { createBudget, createCssReader, type SafeContext } from "./safe-value.ts";

const TOKEN = "AAAAAAAAAAAAAAAAAAAAAA";
const KNOWN = "BBBBBBBBBBBBBBBBBBBBBA";

function context(nodes?: number, spent: () => void = () => undefined): SafeContext {
  return {
    asset: (token) => (token === KNOWN ? "blob:known" : undefined),
    box: (kind) => `data:image/svg+xml,${kind}`,
    css: createCssReader(() => undefined).read,
    spend: createBudget(spent, nodes),
  };
}

function element(
  tagName: string,
  attributes: Record<string, unknown> = {},
  rest: Record<string, unknown> = {},
): SafeNode | undefined {
  return safeNode({ type: 2, id: 5, tagName, attributes, childNodes: [], ...rest }, context());
}

const INERT = { type: 2, id: 5, tagName: "noscript", attributes: {}, childNodes: [] };

describe("[M7] elements", () => {
  test("what is told without attributes and children has none", () => {
    expect(safeNode({ type: 2, id: 5, tagName: "p" }, context())).toEqual({
      type: 2,
      id: 5,
      tagName: "p",
      attributes: {},
      childNodes: [],
    });
  });

  test("names are many, long or strange: each element is still read by its own", () => {
    for (let at = 0; at < 2_000; at += 1) element(`x-${at}`);
    expect(element("x".repeat(10_000))).toEqual(INERT);
    expect(element("script")).toEqual(INERT);
    expect(element("p")).toMatchObject({ tagName: "p" });
  });

  test.each([
    "script",
    "SCRIPT",
    "svg:script",
    "base",
    "meta",
    "frame",
    "frameset",
    "applet",
    "portal",
    "fencedframe",
    "noscript",
    "plaintext",
    "handler",
  ])("%s keeps its place and nothing else", (tag) => {
    const child = { type: 3, id: 6, textContent: "alert(1)" };
    expect(element(tag, { src: "x", onload: "x" }, { childNodes: [child] })).toEqual(INERT);
  });

  test.each(["", "a b", "x><script", "-x", "é", 5, null, "a".repeat(100)])(
    "%j is no name of an element",
    (tagName) => {
      expect(safeNode({ type: 2, id: 5, tagName, attributes: {} }, context())).toEqual(INERT);
    },
  );

  test("what would show something of its own is a labelled box", () => {
    for (const [tag, kind] of [
      ["object", "object"],
      ["embed", "object"],
      ["canvas", "canvas"],
      ["video", "video"],
      ["AUDIO", "audio"],
    ] as const) {
      const evil = { data: "http://evil.example", src: "blob:evil", poster: `asset:${KNOWN}` };
      const size = { width: "10", rr_width: "640px", rr_height: "360.5px" };
      const child = { type: 3, id: 6, textContent: "Votre navigateur est trop ancien." };
      expect(element(tag, { ...evil, ...size, id: "body" }, { childNodes: [child] })).toEqual({
        type: 2,
        id: 5,
        tagName: "img",
        attributes: { src: `data:image/svg+xml,${kind}`, ...size },
        childNodes: [],
      });
    }
  });

  test("a frame is empty, and may say nothing of its content", () => {
    const frame = element("iframe", {
      src: "http://evil.example",
      srcdoc: "<script>1</script>",
      sandbox: "allow-scripts",
      allow: "camera",
      name: "documentElement",
      width: "300",
    });
    expect(frame?.attributes).toEqual({ width: "300" });
  });

  test("the colour scheme is the one meta that stays", () => {
    expect(element("meta", { name: "color-scheme", content: "light dark" })?.tagName).toBe("meta");
    for (const attributes of [
      { "http-equiv": "refresh", content: "0;url=http://evil.example" },
      { name: "color-scheme", content: "light", "http-equiv": "refresh" },
      { name: "color-scheme", content: "0;url=http://evil.example" },
    ])
      expect(element("meta", attributes)).toEqual(INERT);
  });

  test("an animation can't point an address somewhere else", () => {
    for (const attributeName of ["href", "xlink:href", "onclick", "style", undefined])
      expect(element("set", { attributeName, to: "javascript:1" }, { isSVG: true })).toEqual(INERT);
    expect(element("animate", { attributeName: "opacity" }, { isSVG: true })?.tagName).toBe(
      "animate",
    );
  });

  test("only real names become custom elements", () => {
    expect(element("my-card", {}, { isCustom: true })?.isCustom).toBe(true);
    for (const tag of ["annotation-xml", "font-face", "div"])
      expect(element(tag, {}, { isCustom: true })?.isCustom).toBeUndefined();
  });
});

describe("[M7] what would throw while it is rebuilt", () => {
  test("a shadow root where there can be none", () => {
    for (const tag of ["input", "img", "a", "font-face"])
      expect(element(tag, {}, { isShadowHost: true })?.isShadowHost).toBeUndefined();
    for (const tag of ["div", "body", "my-card"])
      expect(element(tag, {}, { isShadowHost: true })?.isShadowHost).toBe(true);
  });

  test("a prefix in the SVG namespace, or more than one", () => {
    expect(element("xml:rect", {}, { isSVG: true })).toEqual(INERT);
    expect(element("a:b:c")).toEqual(INERT);
    expect(element("a:")).toEqual(INERT);
    expect(element("fb:like")?.tagName).toBe("fb:like");
  });

  test("a document inside of something, a doctype that is not a document's", () => {
    const inside = {
      childNodes: [
        { type: 0, id: 6, childNodes: [] },
        { type: 1, id: 7 },
      ],
    };
    expect(element("div", {}, inside)?.childNodes).toEqual([]);
    const whole = safeNode({ type: 0, id: 1, childNodes: [{ type: 1, id: 7 }] }, context());
    expect(whole?.childNodes).toHaveLength(1);
  });
});

describe("[M7] attributes", () => {
  test.each([
    "onclick",
    "ONLOAD",
    "onanything",
    "formaction",
    "action",
    "ping",
    "srcset",
    "srcdoc",
  ])("%s goes", (name) => {
    expect(element("button", { [name]: "x" })?.attributes).toEqual({});
  });

  test.each([
    "javascript:alert(1)",
    " java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "vbscript:x",
  ])("%j goes wherever it stands", (value) => {
    expect(element("div", { title: value, "data-x": value })?.attributes).toEqual({});
    expect(element("use", { href: value }, { isSVG: true })?.attributes).toEqual({});
    expect(element("a", { href: value })?.attributes).toEqual({ href: "#" });
  });

  test.each([
    "http://evil.example/x.png",
    "//evil.example/x.png",
    "/x.png",
    "x.png",
    "blob:http://evil.example/1",
    "file:///etc/passwd",
    "data:text/html,<script>1</script>",
    "data:image/svg+xml-not,x",
    "asset:short",
    `asset:${TOKEN}/../x`,
  ])("an image from %s goes", (src) => {
    expect(element("img", { src })?.attributes).toEqual({});
  });

  test("an asset is filled in, or waits", () => {
    expect(element("img", { src: `asset:${KNOWN}` })?.attributes).toEqual({ src: "blob:known" });
    const waiting = element("img", { src: `asset:${TOKEN}` })?.attributes;
    expect(waiting?.[WAITING]).toBe(`src ${TOKEN}`);
    expect(waiting?.["src"]).toMatch(/^data:image\/gif/);
  });

  test("a drawing of an SVG file keeps its fragment", () => {
    expect(element("use", { href: `asset:${KNOWN}#icon` }, { isSVG: true })?.attributes).toEqual({
      href: "blob:known#icon",
    });
    expect(element("use", { href: "#icon" }, { isSVG: true })?.attributes).toEqual({
      href: "#icon",
    });
  });

  test("the page can't set what the player goes by", () => {
    expect(element("img", { [WAITING]: `src ${TOKEN}` })?.attributes).toEqual({});
  });

  test("a popover never closes by itself", () => {
    for (const popover of ["", "auto", "hint", "javascript:1"])
      expect(element("div", { popover })?.attributes).toEqual({ popover: "manual" });
    expect(element("form", { popovertarget: "x" })?.attributes).toEqual({});
  });

  test("a link looks like one, and leads nowhere", () => {
    expect(element("a", { href: "http://evil.example", target: "_blank" })?.attributes).toEqual({
      href: "#",
      target: "_blank",
    });
  });

  test("of a link element only its style sheet is left", () => {
    expect(
      element("link", {
        rel: "stylesheet",
        href: "http://evil.example",
        as: "script",
        media: "print",
        _cssText: "a{background:url(http://evil.example)}",
      })?.attributes,
    ).toEqual({ media: "print", _cssText: 'a{background:url("data:,")}' });
  });

  test("styles are read as CSS", () => {
    expect(element("p", { style: "background:url(http://evil.example)" })?.attributes).toEqual({
      style: 'background:url("data:,")',
    });
    expect(
      element("rect", { fill: "url(http://evil.example#a)" }, { isSVG: true })?.attributes,
    ).toEqual({ fill: 'url("data:,")' });
  });

  test.each([
    ["form", "name", "getElementsByTagName"],
    ["img", "name", "documentElement"],
    ["img", "name", "head"],
    ["form", "name", "anything"],
    ["iframe", "name", "x"],
    ["input", "name", "childNodes"],
    ["input", "id", "appendChild"],
    ["button", "name", "setAttribute"],
    ["select", "id", "removeChild"],
    ["fieldset", "name", "__proto__"],
  ])("%s can't take the place of a property by %s=%s", (tag, name, value) => {
    expect(element(tag, { [name]: value })?.attributes).toEqual({});
  });

  test("other names and ids stay", () => {
    expect(element("input", { id: "nom", name: "nom" })?.attributes).toEqual({
      id: "nom",
      name: "nom",
    });
    expect(element("div", { id: "close" })?.attributes).toEqual({ id: "close" });
    expect(element("slot", { name: "head" })?.attributes).toEqual({ name: "head" });
  });

  test("rrweb's own attributes are of their own type", () => {
    expect(
      element("div", {
        rr_scrollTop: 12,
        rr_width: "10px",
        rr_height: "expression(1)",
        rr_dataURL: "http://evil.example",
        rr_mediaState: "played",
      })?.attributes,
    ).toEqual({ rr_scrollTop: 12, rr_width: "10px" });
  });

  test("names that no parser makes are left out", () => {
    expect(
      element("div", { "a b": "x", "": "x", "<": "x", ["x".repeat(100)]: "x", "xml:base": "x" })
        ?.attributes,
    ).toEqual({});
  });
});

describe("[M7] bounds", () => {
  test("depth", () => {
    let deep: unknown = { type: 3, id: 1, textContent: "x" };
    for (let at = 0; at < 5000; at += 1)
      deep = { type: 2, id: at + 2, tagName: "b", attributes: {}, childNodes: [deep] };
    let node = safeNode(deep, context());
    let depth = 0;
    while (node?.childNodes?.[0]) {
      node = node.childNodes[0];
      depth += 1;
    }
    expect(depth).toBeLessThanOrEqual(401);
  });

  test("number of nodes: what is left out is told once", () => {
    let told = 0;
    const childNodes = Array.from({ length: 100 }, (_, at) => ({
      type: 3,
      id: at + 10,
      textContent: "x",
    }));
    const node = safeNode(
      { type: 2, id: 1, tagName: "p", attributes: {}, childNodes },
      context(50, () => (told += 1)),
    );
    expect(node?.childNodes).toHaveLength(49);
    expect(told).toBe(1);
  });

  test("length of texts and attributes", () => {
    expect(
      safeNode({ type: 3, id: 1, textContent: "x".repeat(5e6) }, context())?.textContent?.length,
    ).toBe(1024 * 1024);
    expect(String(element("p", { title: "x".repeat(1e6) })?.attributes?.["title"]).length).toBe(
      64 * 1024,
    );
  });

  test.each([
    null,
    5,
    "x",
    [],
    {},
    { type: 2, id: 0 },
    { type: 2, id: -5 },
    { type: 2, id: 1.5 },
    { type: 2, id: 10_000_000 },
    { type: 2, id: "5" },
    { type: 9, id: 5 },
    { id: 5 },
  ])("%j is no node", (value) => {
    expect(safeNode(value, context())).toBeUndefined();
  });

  test("comments and CDATA lose their text; text in a style element is CSS", () => {
    expect(safeNode({ type: 5, id: 1, textContent: "secret" }, context())?.textContent).toBe("");
    expect(safeNode({ type: 4, id: 1, textContent: "secret" }, context())?.textContent).toBe("");
    const style = element(
      "style",
      {},
      {
        childNodes: [{ type: 3, id: 6, textContent: '@import "http://evil.example";b{}' }],
      },
    );
    expect(style?.childNodes?.[0]?.textContent).toBe("b{}");
  });
});
