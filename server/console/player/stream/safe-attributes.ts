import { isScriptUrl, parseSafeUrl, TRANSPARENT } from "./safe-url.ts";
import { readNumber, readRecord, type SafeContext } from "./safe-value.ts";

/** Marks an image whose bytes may still come, as `attribute token`: the player fills it in. */
export const WAITING = "data-epaule-waiting";

/** On a popover that stands open in the page; the player opens it. */
export const POPOVER = "data-epaule-popover";

const NAME = /^[a-z_][\w.:-]{0,63}$/i;
const MAX_LENGTH = 64 * 1024;
const MAX_URL_LENGTH = 128 * 1024;
const MAX_ATTRIBUTES = 200;

const REFUSED = new Set([
  "srcdoc",
  "sandbox",
  "srcset",
  "imagesrcset",
  "action",
  "formaction",
  "ping",
  "manifest",
  "codebase",
  "classid",
  "archive",
  "data",
  "profile",
  "cite",
  "longdesc",
  "dynsrc",
  "lowsrc",
  "formtarget",
  "nonce",
  "integrity",
  "http-equiv",
  "csp",
  "allow",
  "allowfullscreen",
  "autofocus",
  "autoplay",
  "crossorigin",
  "referrerpolicy",
  "loading",
  "is",
  "xml:base",
  "attributionsrc",
  "popovertarget",
  "commandfor",
  WAITING,
]);
const LINKS = new Set(["a", "area"]);
const IMAGES = new Set(["img", "input"]);
const SVG_REFERENCES = new Set([
  "use",
  "image",
  "feimage",
  "textpath",
  "mpath",
  "lineargradient",
  "radialgradient",
  "pattern",
  "filter",
  "mask",
  "clippath",
  "tref",
]);

/** CSS in presentation attributes, and in what animates them, is read like any other. */
const HOLDS_CSS =
  /^(?:style|fill|stroke|mask|filter|clip-path|marker(?:-start|-mid|-end)?|cursor|from|to|by|values)$/;

/** Elements whose `name` a document offers as one of its own properties. */
const NAMED = new Set(["img", "form", "iframe", "embed", "object", "image"]);
/** Elements whose `name` and `id` a form offers as its own properties. */
const CONTROLS = new Set(["input", "button", "select", "textarea", "fieldset", "output", "img"]);
/** Properties that the player itself reads on a document, a form or an element. */
const PROPERTIES = new Set(
  (
    "addEventListener adoptedStyleSheets appendChild append attachShadow attributes blur body childNodes " +
    "children classList click cloneNode close contains createElement createElementNS createTextNode " +
    "defaultView dispatchEvent doctype documentElement elementFromPoint elements firstChild focus fonts " +
    "getAttribute getBoundingClientRect getElementById getElementsByTagName getRootNode hasAttribute head " +
    "host implementation insertBefore isConnected lastChild length nextSibling nodeName nodeType open " +
    "ownerDocument parentElement parentNode previousSibling querySelector querySelectorAll remove " +
    "removeAttribute removeChild replaceChild reset scrollLeft scrollTo scrollTop scrollingElement " +
    "setAttribute setAttributeNS shadowRoot sheet style styleSheets submit tagName textContent write " +
    "__sn contentDocument contentWindow closest matches hidden id name value checked type " +
    "showPopover hidePopover " +
    "constructor prototype __proto__ toString valueOf nodeValue innerText"
  ).split(" "),
);

function clobbers(tag: string, name: string, value: string): boolean {
  if (name === "name" && NAMED.has(tag)) return true;
  if (tag === "object") return true;
  return CONTROLS.has(tag) && PROPERTIES.has(value);
}

function urlOf(
  name: string,
  value: string,
  context: SafeContext,
): { url: string; waiting?: string } | undefined {
  const safe = parseSafeUrl(value);
  if (!safe) return undefined;
  if (safe.type !== "asset") return { url: safe.url };
  const url = context.asset(safe.token);
  if (url !== undefined) return { url: url + safe.fragment };
  // `use` takes no data: URL, and says so aloud; a fragment of nothing draws nothing.
  const nothing = name === "href" || name === "xlink:href" ? "#" : TRANSPARENT;
  return { url: nothing, waiting: safe.token + safe.fragment };
}

function safeUrlAttribute(
  tag: string,
  name: string,
  value: string,
  context: SafeContext,
  whole: boolean,
  out: Record<string, unknown>,
): void {
  if (value.length > MAX_URL_LENGTH) return;

  const isHref = name === "href" || name === "xlink:href";
  if (isHref && LINKS.has(tag)) {
    // A link must look like one, and lead nowhere.
    out[name] = "#";
    return;
  }
  const allowed =
    (isHref && SVG_REFERENCES.has(tag)) ||
    (name === "src" && IMAGES.has(tag)) ||
    (name === "poster" && tag === "video") ||
    (name === "background" && /^(?:body|table|thead|tbody|tfoot|tr|td|th)$/.test(tag));
  if (!allowed) return;
  const found = urlOf(name, value, context);
  if (!found) return;
  out[name] = found.url;
  if (found.waiting !== undefined) out[WAITING] = `${name} ${found.waiting}`;
  else if (!whole) out[WAITING] = null;
}

const RR_NUMBERS = new Set(["rr_scrollLeft", "rr_scrollTop"]);
const RR_SIZES = new Set(["rr_width", "rr_height"]);

function safeInternal(name: string, value: unknown): unknown {
  if (RR_NUMBERS.has(name)) return readNumber(value);
  if (RR_SIZES.has(name))
    return typeof value === "string" && /^\d{1,6}(?:\.\d{1,12})?px$/.test(value)
      ? value
      : undefined;
  if (name === "rr_open_mode")
    return value === "modal" || value === "non-modal" ? value : undefined;
  return undefined;
}

/** A style mutation: property → value, [value, priority], or `false` for removed. */
function safeStyleObject(value: unknown, context: SafeContext): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [property, set] of Object.entries(readRecord(value) ?? {}).slice(0, 400)) {
    if (!/^-{0,2}[a-z][\w-]{0,80}$/i.test(property)) continue;
    if (set === false) out[property] = false;
    else if (typeof set === "string") out[property] = context.css(set.slice(0, MAX_LENGTH));
    else if (Array.isArray(set) && typeof set[0] === "string")
      out[property] = [
        context.css(set[0].slice(0, MAX_LENGTH)),
        set[1] === "important" ? "important" : "",
      ];
  }
  return out;
}

/**
 * `whole`: the attributes of a new node. Otherwise a mutation's, where `null` removes and `style`
 * may be an object.
 */
export function safeAttributes(
  tag: string,
  value: unknown,
  context: SafeContext,
  whole: boolean,
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const entries = Object.entries(readRecord(value) ?? {}).slice(0, MAX_ATTRIBUTES);
  for (const [name, set] of entries) {
    if (!NAME.test(name)) continue;
    const lower = name.toLowerCase();
    if (lower.startsWith("rr_")) {
      const internal = safeInternal(name, set);
      if (internal !== undefined) out[name] = internal;
      continue;
    }
    if (lower === "_csstext") {
      if (typeof set === "string" && (tag === "style" || tag === "link"))
        out["_cssText"] = context.css(set);
      continue;
    }
    if (lower.startsWith("on") || REFUSED.has(lower)) continue;
    if (set === null) {
      if (!whole) {
        out[name] = null;
        if (lower === "src" || lower === "href" || lower === "poster") out[WAITING] = null;
      }
    } else if (set === true || set === false) {
      if (whole) out[name] = set;
    } else if (typeof set === "number") {
      const number = readNumber(set);
      if (number !== undefined) out[name] = String(number);
    } else if (typeof set === "object") {
      if (lower === "style" && !whole) out["style"] = safeStyleObject(set, context);
    } else if (typeof set === "string") {
      safeString(tag, name, set, context, whole, out);
    }
  }
  return out;
}

function safeString(
  tag: string,
  name: string,
  value: string,
  context: SafeContext,
  whole: boolean,
  out: Record<string, unknown>,
): void {
  const lower = name.toLowerCase();
  if (["href", "xlink:href", "src", "poster", "background"].includes(lower)) {
    if (tag !== "link" || lower !== "href")
      safeUrlAttribute(tag, lower, value, context, whole, out);
    return;
  }
  if (lower === "popover") {
    // One that closes by itself would close for reasons of the mirror's own.
    out[name] = "manual";
    return;
  }
  if (isScriptUrl(value)) return;
  const text = value.slice(0, MAX_LENGTH);
  if ((lower === "name" || lower === "id") && clobbers(tag, lower, text)) return;
  // A preload or a prefetch would be a request; only what a style sheet needs is left of a link.
  if (tag === "link" && !["media", "title", "type", "id", "class"].includes(lower)) return;
  out[name] = HOLDS_CSS.test(lower) ? context.css(text) : text;
}
