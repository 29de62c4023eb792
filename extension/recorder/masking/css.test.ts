import { expect, test } from "vitest";

import { maskCss } from "./css.ts";
import { createIdentifierMask } from "./identifiers.ts";

const identifiers = createIdentifierMask(new Uint8Array(32));
const mask = (text: string): string => maskCss(text, identifiers, () => undefined);

test("[M2] a length with many decimals and a colour are no identifiers", () => {
  const text = "a{font:1.1875rem/1.6 Verdana;margin:.0625em;color:#123456;width:12.34567px}";
  expect(mask(text)).toBe(text);
});

test("[M2] a class or an id loses its long number, the same way each time", () => {
  const masked = mask(".dossier-20261122{top:0}#p12345678x{left:0}.dossier-20261122 b{top:1px}");
  expect(masked).not.toMatch(/20261122|12345678/);
  const classes = masked.match(/\.dossier-[a-p]+/g);
  expect(classes).toHaveLength(2);
  expect(new Set(classes).size).toBe(1);
});
