import { rootOf } from "../mirror/nodes.ts";

/** Enough of an element's role and name for a person to know which one it is. */

export type RoleWord =
  | "link"
  | "button"
  | "field"
  | "checkbox"
  | "radio"
  | "choice"
  | "image"
  | "heading"
  | "tab"
  | "menuitem"
  | "table"
  | "list"
  | "label"
  | "text"
  | "zone";

const BY_ROLE: Record<string, RoleWord> = {
  link: "link",
  button: "button",
  textbox: "field",
  searchbox: "field",
  spinbutton: "field",
  checkbox: "checkbox",
  switch: "checkbox",
  radio: "radio",
  combobox: "choice",
  listbox: "choice",
  option: "choice",
  img: "image",
  heading: "heading",
  tab: "tab",
  menuitem: "menuitem",
  table: "table",
  list: "list",
};
const BY_TAG: Record<string, RoleWord> = {
  a: "link",
  area: "link",
  button: "button",
  summary: "button",
  textarea: "field",
  select: "choice",
  option: "choice",
  img: "image",
  svg: "image",
  label: "label",
  legend: "label",
  table: "table",
  ul: "list",
  ol: "list",
  p: "text",
  li: "text",
  span: "text",
  strong: "text",
  td: "text",
  th: "text",
};
const BY_TYPE: Record<string, RoleWord> = {
  checkbox: "checkbox",
  radio: "radio",
  button: "button",
  submit: "button",
  reset: "button",
  image: "button",
};
const MAX_NAME = 80;

export function roleOf(element: Element): RoleWord {
  const role = BY_ROLE[element.getAttribute("role") ?? ""];
  if (role) return role;
  const tag = element.localName;
  if (tag === "input") return BY_TYPE[element.getAttribute("type")?.toLowerCase() ?? ""] ?? "field";
  if (/^h[1-6]$/.test(tag)) return "heading";
  return BY_TAG[tag] ?? "zone";
}

function clean(text: string | null | undefined): string {
  const line = (text ?? "")
    .slice(0, 2000)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return line.length > MAX_NAME ? `${line.slice(0, MAX_NAME - 1)}…` : line;
}

function byIds(element: Element, ids: string | null): string {
  const root = rootOf(element);
  if (!ids || !root) return "";
  return ids
    .split(/\s+/)
    .map((id) => root.getElementById(id)?.textContent ?? "")
    .join(" ");
}

function labelOf(element: Element): string {
  const around = element.closest("label")?.textContent;
  if (around) return around;
  const id = element.getAttribute("id");
  if (!id) return "";
  return rootOf(element)?.querySelector(`label[for="${CSS.escape(id)}"]`)?.textContent ?? "";
}

export function nameOf(element: Element): string {
  const role = roleOf(element);
  const isControl = ["field", "checkbox", "radio", "choice"].includes(role);
  const candidates = [
    () => byIds(element, element.getAttribute("aria-labelledby")),
    () => element.getAttribute("aria-label"),
    () => (isControl ? labelOf(element) : ""),
    () => element.getAttribute("alt"),
    () => (role === "button" ? element.getAttribute("value") : ""),
    () => (isControl || role === "table" || role === "zone" ? "" : element.textContent),
    () => element.getAttribute("title"),
    () => element.getAttribute("placeholder"),
    () => element.querySelector("img[alt]")?.getAttribute("alt"),
    () => (role === "zone" ? firstText(element) : ""),
  ];
  for (const candidate of candidates) {
    const name = clean(candidate());
    if (name !== "") return name;
  }
  return "";
}

function firstText(element: Element): string {
  const heading = element.querySelector("h1,h2,h3,h4,h5,h6,legend,caption");
  return (heading ?? element).textContent ?? "";
}

const LISTED =
  'a[href],button,input,select,textarea,summary,h1,h2,h3,h4,h5,h6,[role="button"],[role="link"],[role="tab"],[role="menuitem"],[role="checkbox"],[role="radio"],[role="switch"]';

/** What a helper may want to show, from a list. */
export function isListed(element: Element): boolean {
  if (!element.matches(LISTED)) return false;
  if (element.closest('[aria-hidden="true"],[hidden],[inert]')) return false;
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0;
}
