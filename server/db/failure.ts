import { codeIn } from "../error-code.ts";

export function isUniqueViolation(error: unknown): boolean {
  return codeIn(error) === "23505";
}

/** The database did not answer, as opposed to: it refused. */
export function isDatabaseAway(error: unknown): boolean {
  return /^(ECONN|ETIMEDOUT|ENOTFOUND|CONNECT|08|57P0)/.test(codeIn(error) ?? "");
}
