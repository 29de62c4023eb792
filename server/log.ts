import { pino } from "pino";

/** error = given up, warn = recovered, info = one line per lifecycle change or request, debug = the rest. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What may be logged of an error: never its message, which could quote what somebody sent. */
export function errorFields(error: unknown): { error: string; at: string | undefined } {
  if (!(error instanceof Error)) return { error: typeof error, at: undefined };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const cause = error.cause instanceof Error ? ` < ${error.cause.name}` : "";
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return { error: `${error.name}${code}${cause}`, at: frames[0]?.trim() };
}

/** Lines of JSON on standard error: standard output belongs to the person who started the server. */
export function createLog(level: "silent" | "info" | "debug" = "info"): Log {
  return pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
