/** After this, every method of the page's own DOM throws. The result line is kept by hand. */
const result =
  document.querySelector("#resultat").firstChild ??
  document.querySelector("#resultat").appendChild(new Text(""));
const data = Object.getOwnPropertyDescriptor(CharacterData.prototype, "data");
let clicks = 0;
document.querySelector("#agir").addEventListener("click", () => {
  clicks += 1;
  data.set.call(result, `Clic ${clicks}`);
});

const kept = new Set(["constructor", "addEventListener", "dispatchEvent"]);
for (const type of [
  Node,
  Element,
  HTMLElement,
  Document,
  DocumentFragment,
  ShadowRoot,
  CharacterData,
]) {
  for (const [key, descriptor] of Object.entries(
    Object.getOwnPropertyDescriptors(type.prototype),
  )) {
    if (kept.has(key) || !descriptor.configurable) continue;
    const refuse = () => {
      throw new Error(`refused: ${key}`);
    };
    const trap =
      "value" in descriptor
        ? { ...descriptor, value: refuse }
        : { ...descriptor, get: refuse, set: refuse };
    Object.defineProperty(type.prototype, key, trap);
  }
}
for (const type of [CSSStyleSheet, MutationObserver, Map, WeakMap]) {
  for (const key of ["insertRule", "replaceSync", "observe", "takeRecords", "get", "set", "has"]) {
    if (!(key in type.prototype)) continue;
    Object.defineProperty(type.prototype, key, {
      configurable: true,
      value: () => {
        throw new Error(`refused: ${key}`);
      },
    });
  }
}
