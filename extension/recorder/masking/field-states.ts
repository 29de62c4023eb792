import { attributeOf, childNodesOf, isHtml, textOf } from "./dom.ts";

/** All that leaves of what a person writes ([M3]). */
export type FieldState = "empty" | "filling" | "filled";
export const FIELD_STATE_ATTRIBUTE = "data-epaule-field";

const SHOWN: Record<FieldState, string> = { empty: "", filling: "•••", filled: "••••••••" };
const CHANGE_MS = 1_000;
const QUIET_MS = 2_000;

/** Inputs whose box can hold the placeholder as text. */
const WRITTEN = new Set(["text", "search", "tel", "url", "email", "password"]);
/** Inputs that hold no answer, or whose answer has no empty state to tell. */
const NO_STATE = new Set([
  "hidden",
  "button",
  "submit",
  "reset",
  "image",
  "checkbox",
  "radio",
  "range",
  "color",
]);
const EDITABLE_ROLES = new Set(["textbox", "searchbox", "spinbutton"]);

export function inputTypeOf(element: Element): string {
  return isHtml(element, "input") ? element.type : "";
}

/** An element whose own text is what a person writes. */
export function isEditable(element: Element): boolean {
  const editable = attributeOf(element, "contenteditable");
  if (editable !== null && editable.toLowerCase() !== "false") return true;
  const role = attributeOf(element, "role");
  return role !== null && EDITABLE_ROLES.has(role.trim().toLowerCase());
}

export function isField(element: Element): boolean {
  if (isHtml(element, "input")) return !NO_STATE.has(element.type);
  return isHtml(element, "textarea") || isHtml(element, "select") || isEditable(element);
}

/** What may stand in the box, or `undefined` where only the attribute can tell the state. */
export function placeholderOf(element: Element, state: FieldState): string | undefined {
  if (isHtml(element, "textarea")) return SHOWN[state];
  // A list without a choice shows what it says then; with one, nothing.
  if (isHtml(element, "select"))
    return state === "empty" ? (element.selectedOptions[0]?.text ?? "") : "";
  return WRITTEN.has(inputTypeOf(element)) ? SHOWN[state] : undefined;
}

function isEmpty(element: Element): boolean {
  if (isHtml(element, "input"))
    return element.type === "file" ? element.files?.length === 0 : element.value === "";
  if (isHtml(element, "textarea") || isHtml(element, "select")) return element.value === "";
  return (textOf(element) ?? "").trim() === "" && childNodesOf(element).length < 2;
}

export type FieldStates = {
  /** What the mirror shows of this field now. */
  stateOf(element: Element): FieldState;
  /** Its value may have changed. `typed`: by the person. */
  touch(element: Element, typed: boolean): void;
  /** The person has left it. */
  leave(element: Element): void;
  stop(): void;
};

type Timer = ReturnType<typeof setTimeout>;
type Kept = { shown: FieldState; changedAt: number; typing: boolean; timer?: Timer };

/** `tell` is called at most once a second per field, so that neither length nor rhythm shows. */
export function createFieldStates(
  tell: (element: Element, state: FieldState) => void,
): FieldStates {
  const kept = new WeakMap<Element, Kept>();
  const timers = new Set<Timer>();

  const keptOf = (element: Element): Kept => {
    const known = kept.get(element);
    if (known !== undefined) return known;
    const fresh: Kept = {
      shown: isEmpty(element) ? "empty" : "filled",
      changedAt: -CHANGE_MS,
      typing: false,
    };
    kept.set(element, fresh);
    return fresh;
  };

  const later = (element: Element, field: Kept, delay: number): void => {
    cancel(field);
    const timer = setTimeout(() => {
      timers.delete(timer);
      delete field.timer;
      settle(element, field);
    }, delay);
    field.timer = timer;
    timers.add(timer);
  };

  const cancel = (field: Kept): void => {
    if (field.timer === undefined) return;
    clearTimeout(field.timer);
    timers.delete(field.timer);
    delete field.timer;
  };

  const settle = (element: Element, field: Kept): void => {
    const wait = field.changedAt + CHANGE_MS - performance.now();
    const target = isEmpty(element) ? "empty" : field.typing ? "filling" : "filled";
    if (target !== field.shown) {
      if (wait > 0) return later(element, field, wait);
      field.shown = target;
      field.changedAt = performance.now();
      tell(element, target);
    }
    if (field.typing) {
      field.typing = false;
      later(element, field, QUIET_MS);
    }
    return undefined;
  };

  return {
    stateOf: (element) => keptOf(element).shown,
    touch(element, typed) {
      const field = keptOf(element);
      field.typing = typed;
      settle(element, field);
    },
    leave(element) {
      const field = kept.get(element);
      if (field?.timer === undefined) return;
      field.typing = false;
      settle(element, field);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
