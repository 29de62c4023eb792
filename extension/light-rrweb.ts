const ENTRY = /\/rrweb\/dist\/rrweb\.js$/;

/** Each of these keeps postcss alive for nobody: rrweb reads its parts once, and drops them. */
const EDITS: readonly { find: RegExp; replace: string; times: number }[] = [
  { find: /^import_postcss(?:\$1)?\.default(?:\.\w+)?;$/gm, replace: "", times: 49 },
  {
    find: /(__toESM(?:\$1)?)\(\(\/\* @__PURE__ \*\/ __commonJSMin/g,
    replace: "$1(/* @__PURE__ */ (/* @__PURE__ */ __commonJSMin",
    times: 2,
  },
  {
    find: /^var postcss_default = (import_postcss\$1\.default);$/gm,
    replace: "var postcss_default = /* @__PURE__ */ (() => $1)();",
    times: 1,
  },
];

/**
 * rrweb's one file holds recorder and player. The recorder needs no postcss, which is half of it
 * and would be read by the browser in every page and frame that is shared: this marks what a
 * bundler may leave out. Nothing that is called changes. A version of rrweb with another text
 * fails the build rather than grow in silence.
 */
export function lightenRrweb(code: string): string {
  let light = code;
  for (const { find, replace, times } of EDITS) {
    const found = light.match(find)?.length ?? 0;
    if (found !== times)
      throw new Error(`rrweb has changed: ${find.source} is there ${found} times`);
    light = light.replaceAll(find, replace);
  }
  return light;
}

export function lightRrweb() {
  return {
    name: "light-rrweb",
    transform(code: string, id: string) {
      return ENTRY.test(id) ? { code: lightenRrweb(code), map: null } : undefined;
    },
  };
}
