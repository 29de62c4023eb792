import { pino } from "pino";

import { chainOf, codeOf } from "./error-code.ts";

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
  return { error: chainOf(error).map(nameOf).join(" < "), at: frames[0]?.trim() };
}

function nameOf(error: Error): string {
  return [error.name, codeOf(error)].filter(Boolean).join(" ");
}

/** Lines of JSON on standard error: standard output belongs to the person who started the server. */
export function createLog(level: "debug" | "info" | "warn" | "error" = "info"): Log {
  return pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
