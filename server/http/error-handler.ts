import type { Context as HonoContext } from "hono";

import { AppError, errorRow, type ErrorCode } from "../../shared/errors.ts";
import { isDatabaseAway } from "../db/failure.ts";
import { errorFields, type Log } from "../log.ts";
import type { AppEnv } from "./app-env.ts";

/** A code and a request id leave the process, nothing else ([C3]). */
export function answerError(log: Log, error: unknown, c: HonoContext<AppEnv>): Response {
  const code = codeOf(error);
  const request = c.get("request");
  if (code === "INTERNAL" || code === "UNAVAILABLE")
    log.error({ request, code, ...errorFields(error) }, "a request failed");
  else log.debug({ request, code, ...errorFields(error) }, "a request was refused");
  return fail(c, code);
}

export function fail(c: HonoContext<AppEnv>, code: ErrorCode): Response {
  return Response.json({ code, request: c.get("request") }, { status: errorRow(code).status });
}

/** What may be said of an error: never more than a code of the closed list. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof AppError) return error.code;
  return isDatabaseAway(error) ? "UNAVAILABLE" : "INTERNAL";
}
