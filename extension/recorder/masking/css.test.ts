import { describe, expect, test } from "vitest";

import { collectStyledData, maskCss, type StyledData } from "./css.ts";
import { createIdentifierMask } from "./identifiers.ts";

const identifiers = createIdentifierMask(new Uint8Array(32));
const mask = (css: string): string =>
  maskCss(css, identifiers, (url, kind) => `asset:${kind}:${url.length}`);

describe("style text", () => {
  test.each([
    ["a{color:#123456}", "a{color:#123456}"],
    ["a{width:.12345em}", "a{width:.12345em}"],
    ['a::before{content:"→ 12345"}', 'a::before{content:"→ 12345"}'],
    [
      '@namespace svg "http://www.w3.org/2000/svg";',
      '@namespace svg "http://www.w3.org/2000/svg";',
    ],
    ["a{clip-path:url(#shape)}", 'a{clip-path:url("#shape")}'],
  ])("%s stays", (css, expected) => {
    expect(mask(css)).toBe(expected);
  });

  test.each([
    ['a{background:url("/i.png?SECRET")}'],
    ["a{background:url( '/i.png?SECRET' )}"],
    ["a{background:url(/i.png?SECRET)}"],
    ["a{background:URL(/i\\).png?SECRET)}"],
    ['a{background:image-set("/i.png?SECRET" 1x, url(/j?SECRET) 2x)}'],
    ['@import "https://x.example/?SECRET";'],
    ["@import url(/x?SECRET) screen;"],
    ["/* SECRET */ a{}"],
    ['@font-face{font-family:x;src:url(/f.woff2?SECRET) format("woff2")}'],
    ['a{--data:"https://x.example/SECRET"}'],
    ["a{} /* SECRET"],
  ])("[M2] %s loses its address", (css) => {
    expect(mask(css)).not.toContain("SECRET");
  });

  test("fonts and images are told apart", () => {
    expect(mask("@font-face{src:url(/f)} a{background:url(/i)}")).toBe(
      '@font-face{src:url("asset:font:2")} a{background:url("asset:image:2")}',
    );
  });

  test("[M2] a long number goes from selectors as it goes from ids", () => {
    const id = identifiers.one("row-20250101");
    expect(id).not.toMatch(/\d{4}/);
    expect(mask("#row-20250101 .x{}")).toBe(`#${id} .x{}`);
  });

  test("a token cannot break out of its quotes", () => {
    const css = maskCss("a{background:url(x)}", identifiers, () => '");}body{x:url("');
    expect(css.match(/"/g)).toHaveLength(2);
  });
});

describe("data attributes that style sheets look at", () => {
  test("only the values that stand in the sheet", () => {
    const styled: StyledData = new Map();
    collectStyledData('[data-state="open"] a, [data-busy], [data-nom^="dup"]{}', styled);
    expect([...styled]).toEqual([
      ["data-state", new Set(["open"])],
      ["data-busy", new Set()],
      ["data-nom", new Set()],
    ]);
  });
});
