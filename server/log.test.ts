import { expect, test } from "vitest";

import { errorFields } from "./log.ts";

class Failed extends Error {
  readonly code: string;
  constructor(code: string, cause?: unknown) {
    super("the secret of Marie", { cause });
    this.code = code;
  }
}

test("an error is logged by the names and codes of its causes, never by a message", () => {
  const error = new Error("Failed query: insert Marie", { cause: new Failed("ECONNREFUSED") });
  expect(errorFields(error).error).toBe("Error < Error ECONNREFUSED");
  expect(JSON.stringify(errorFields(error))).not.toContain("Marie");
});

test("what is no code is not logged as one", () => {
  const error = new Failed("the secret of Marie", new Failed("3D000"));
  expect(errorFields(error).error).toBe("Error < Error 3D000");
});

test("a ring of causes ends", () => {
  const error = new Error("round");
  error.cause = error;
  expect(errorFields(error).error.split(" < ").length).toBeLessThan(10);
});
