import { CLOSE } from "./protocol/close-codes.ts";

/** Every code that may leave a process. Words for people are in the catalogues, never here. */
export const ERROR_CODES = [
  "BAD_MESSAGE",
  "VERSION",
  "UNPROVED",
  "NOT_FOUND",
  "CONFLICT",
  "NO_GRANT",
  "TOO_LARGE",
  "TOO_MANY",
  "AWAY",
  "UNAVAILABLE",
  "NO_VOICE",
  "FORGED",
  "KEY_CHANGED",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

const TABLE = {
  /** Not in the form that the protocol names. */
  BAD_MESSAGE: { status: 400, close: CLOSE.BAD_MESSAGE, retry: false },
  /** The other side speaks a version that we don't. */
  VERSION: { status: 426, close: CLOSE.VERSION, retry: false },
  /** No proof of a device key, a proof that failed, or nobody signed in. */
  UNPROVED: { status: 401, close: CLOSE.UNPROVED, retry: false },
  /** Unknown, not yours, expired, used: one code and one body for all of them. */
  NOT_FOUND: { status: 404, close: CLOSE.NOT_FOUND, retry: false },
  /** Known and yours, but not in this state (already answered, already ended). */
  CONFLICT: { status: 409, close: CLOSE.NOT_FOUND, retry: false },
  /** The grant is missing, revoked, expired or does not cover this. */
  NO_GRANT: { status: 403, close: CLOSE.NO_GRANT, retry: false },
  TOO_LARGE: { status: 413, close: CLOSE.TOO_LARGE, retry: false },
  TOO_MANY: { status: 429, close: CLOSE.TOO_MANY, retry: true },
  /** The helper's console is not connected. */
  AWAY: { status: 409, close: CLOSE.NOT_FOUND, retry: true },
  /** The database or the bus does not answer. */
  UNAVAILABLE: { status: 503, close: CLOSE.RESTART, retry: true },
  /** This server has no voice server, or it does not answer: the session goes on without ([A3]). */
  NO_VOICE: { status: 503, close: CLOSE.RESTART, retry: true },
  /** A signature, MAC, commitment or sealed frame that does not verify. */
  FORGED: { status: 403, close: CLOSE.FORGED, retry: false },
  /** A key that is not the one pinned at pairing. */
  KEY_CHANGED: { status: 403, close: CLOSE.FORGED, retry: false },
  INTERNAL: { status: 500, close: CLOSE.INTERNAL, retry: true },
} satisfies Record<ErrorCode, { status: number; close: number; retry: boolean }>;

export function errorRow(code: ErrorCode): { status: number; close: number; retry: boolean } {
  return TABLE[code];
}

export class AppError extends Error {
  readonly code: ErrorCode;

  /** `message` is for our logs only: no page content, no key, no name. It never leaves the process. */
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
  }
}

/** For the `default` of a switch over a closed union. */
export function assertNever(value: never): never {
  throw new Error(`not in the union: ${typeof value}`);
}
