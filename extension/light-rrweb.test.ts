import { build } from "vite";
import { expect, test } from "vitest";

import { lightenRrweb, lightRrweb } from "./light-rrweb.ts";

async function bundle(name: "record" | "Replayer"): Promise<string> {
  const entry = {
    name: "entry",
    resolveId: (id: string) => (id === "entry" ? `${import.meta.dirname}/entry.js` : undefined),
    load: (id: string) =>
      id.endsWith("/entry.js") ? `import { ${name} as it } from "rrweb"; self.it = it;` : undefined,
  };
  const result = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [entry, lightRrweb()],
    build: { write: false, rolldownOptions: { input: "entry" } },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (first === undefined || !("output" in first)) throw new Error("nothing was built");
  return first.output[0].code;
}

test("the recorder is bundled without postcss, at less than half of its weight", async () => {
  const code = await bundle("record");
  expect(code).not.toContain("CssSyntaxError");
  expect(code.length).toBeLessThan(90_000);
});

test("what is in use keeps its postcss", async () => {
  expect(await bundle("Replayer")).toContain("CssSyntaxError");
});

test("a version of rrweb with another text is refused", () => {
  expect(() => lightenRrweb("import_postcss.default.parse;")).toThrow("rrweb has changed");
});
