import { expect, test, vi } from "vitest";

import { createLeftOut } from "./left-out.ts";

// Before the other imports: they read the prototypes.
const { asDocument, asElement, h, page } = await vi.hoisted(() => import("../testing/fake-dom.ts"));

function formIn(named: boolean) {
  const form = h("form");
  // As a form answers once a control of it has that name.
  if (named) Object.defineProperty(form, "nodeType", { value: h("input") });
  return form;
}

test("a form that hides what it is, and has no number, is found once", () => {
  const forms = [formIn(false), formIn(true), formIn(true)];
  vi.stubGlobal("Document", { prototype: { getElementsByTagName: () => forms } });
  const known = forms[2];
  const hasLeftOut = createLeftOut((node) =>
    known !== undefined && node === asElement(known) ? 7 : -1,
  );
  expect(hasLeftOut(asDocument(page))).toBe(true);
  expect(hasLeftOut(asDocument(page))).toBe(false);
  forms.splice(1, 1);
  expect(createLeftOut(() => -1)(asDocument(page))).toBe(true);
  forms.length = 1;
  expect(createLeftOut(() => -1)(asDocument(page))).toBe(false);
});
