/** What a driver says of a failed statement: an SQLSTATE, or a network code. */
function causeCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause)
    if ("code" in at && typeof at.code === "string") return at.code;
  return undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  return causeCode(error) === "23505";
}

/** The database did not answer, as opposed to: it refused. */
export function isDatabaseAway(error: unknown): boolean {
  return /^(ECONN|ETIMEDOUT|ENOTFOUND|CONNECT|08|57P0)/.test(causeCode(error) ?? "");
}
