import { expect, test } from "vitest";

import { codeIn } from "./error-code.ts";

class Failed extends Error {
  readonly code: string;
  constructor(code: string, cause?: unknown) {
    super("the secret of Marie", { cause });
    this.code = code;
  }
}

test("the code is the first one that an error or one of its causes has", () => {
  const query = new Error("Failed query", {
    cause: new Failed("ECONNREFUSED", new Failed("08006")),
  });
  expect(codeIn(query)).toBe("ECONNREFUSED");
  expect(codeIn(new Error("none"))).toBeUndefined();
});

test("what could quote somebody is no code, and only an error has one", () => {
  expect(codeIn(new Failed("the secret of Marie", new Failed("3D000")))).toBe("3D000");
  expect(codeIn("3D000")).toBeUndefined();
});

test("a ring of causes ends", () => {
  const error = new Error("round");
  error.cause = error;
  expect(codeIn(error)).toBeUndefined();
});
