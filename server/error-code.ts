/** An SQLSTATE, or a word such as ECONNREFUSED: nothing that could quote what somebody sent. */
const CODE = /^\w{1,40}$/;
const MAX_CAUSES = 5;

/** The first code that an error or one of its causes has. */
export function codeIn(error: unknown): string | undefined {
  return chainOf(error).map(codeOf).find(Boolean);
}

/** The error and its causes, the outermost first. */
export function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < MAX_CAUSES; at = at.cause)
    chain.push(at);
  return chain;
}

/** Its own, where it has one that quotes nothing. */
export function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" && CODE.test(error.code)
    ? error.code
    : undefined;
}
