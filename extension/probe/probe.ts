import { HINT, PROBE_OFF, PROBE_ON } from "./hint-names.ts";

type Undo = () => void;
type Owner = Element | Document | ShadowRoot;

const MARK = Symbol.for("epaule.probe");

/**
 * In the page's own world: while a recorder listens, tells it which node to look at again after a
 * script changed what no observer sees (style rules, shadow roots, values). It reads nothing,
 * carries nothing, and every call of the page goes through unchanged.
 */
export function startProbe(): void {
  // Natives as they are now: a page that breaks them later breaks only itself.
  const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;
  // oxlint-disable typescript/unbound-method -- called by Reflect.apply with their target
  const dispatch = EventTarget.prototype.dispatchEvent;
  const listen = EventTarget.prototype.addEventListener;
  // oxlint-enable typescript/unbound-method
  const NativeEvent = Event;
  const NativeProxy = Proxy;
  const page = document;

  if (Reflect.get(globalThis, MARK) === true) return;
  defineProperty(globalThis, MARK, { value: true, configurable: true });

  const hint = (node: Owner): void => {
    try {
      apply(dispatch, node, [new NativeEvent(HINT, { composed: true })]);
    } catch {
      // a hint that is lost costs a poll
    }
  };

  const hintAt = (sheet: StyleSheet | null): void => {
    const owner = sheet?.ownerNode;
    // A sheet without owner is adopted somewhere: the recorder knows where.
    hint(owner instanceof Element ? owner : page);
  };

  let undo: Undo[] = [];

  const replaceMethod = <T extends object>(
    prototype: T,
    name: string,
    after: (self: T) => void,
  ): void => {
    const found = getOwnPropertyDescriptor(prototype, name);
    if (found === undefined || typeof found.value !== "function") return;
    let on = true;
    const wrapped: unknown = new NativeProxy(found.value, {
      apply(target, self: T, args: unknown[]) {
        const result: unknown = apply(target, self, args);
        if (on)
          try {
            after(self);
          } catch {
            // the page's own call has succeeded: nothing of ours may spoil it
          }
        return result;
      },
    });
    // `false` where the page froze the prototype: polling is left.
    if (!defineProperty(prototype, name, { ...found, value: wrapped })) return;
    undo.push(() => {
      on = false;
      if (getOwnPropertyDescriptor(prototype, name)?.value === wrapped)
        defineProperty(prototype, name, found);
    });
  };

  const replaceSetter = <T extends object>(
    prototype: T,
    name: string,
    after: (self: T) => void,
  ): void => {
    const found = getOwnPropertyDescriptor(prototype, name);
    const native = found?.set;
    if (found === undefined || native === undefined) return;
    let on = true;
    const wrapped = new NativeProxy(native, {
      apply(target, self: T, args: [unknown]) {
        apply(target, self, args);
        if (on)
          try {
            after(self);
          } catch {
            // as above
          }
      },
    });
    if (!defineProperty(prototype, name, { ...found, set: wrapped })) return;
    undo.push(() => {
      on = false;
      if (getOwnPropertyDescriptor(prototype, name)?.set === wrapped)
        defineProperty(prototype, name, found);
    });
  };

  const start = (): void => {
    if (undo.length > 0) return;
    for (const name of ["insertRule", "deleteRule", "replaceSync", "addRule", "removeRule"])
      replaceMethod(CSSStyleSheet.prototype, name, hintAt);
    replaceMethod(CSSStyleSheet.prototype, "replace", (self) => {
      setTimeout(() => hintAt(self), 0);
    });
    for (const name of ["insertRule", "deleteRule"])
      replaceMethod(CSSGroupingRule.prototype, name, (rule) => hintAt(rule.parentStyleSheet));
    for (const name of ["setProperty", "removeProperty"])
      replaceMethod(CSSStyleDeclaration.prototype, name, ({ parentRule }) => {
        // A rule's declarations; those of an element are an attribute, which is observed.
        if (parentRule !== null) hintAt(parentRule.parentStyleSheet);
      });
    replaceMethod(Element.prototype, "attachShadow", hint);
    replaceSetter(StyleSheet.prototype, "disabled", hintAt);
    replaceSetter(CSSStyleRule.prototype, "selectorText", (rule) => hintAt(rule.parentStyleSheet));
    for (const prototype of [Document.prototype, ShadowRoot.prototype])
      replaceSetter(prototype, "adoptedStyleSheets", hint);
    replaceSetter(HTMLInputElement.prototype, "value", hint);
    replaceSetter(HTMLTextAreaElement.prototype, "value", hint);
    for (const name of ["value", "selectedIndex"])
      replaceSetter(HTMLSelectElement.prototype, name, hint);
  };

  const stop = (): void => {
    for (const restore of undo) restore();
    undo = [];
  };

  apply(listen, page, [PROBE_ON, start]);
  apply(listen, page, [PROBE_OFF, stop]);
}
