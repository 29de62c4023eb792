/** Why a WebSocket was closed. The reason string is the key's name and nothing else. */
export const CLOSE = {
  /** Both sides are done. */
  DONE: 1000,
  /** The server restarts or drains: connect again. */
  RESTART: 1012,
  BAD_MESSAGE: 4400,
  /** No proof of a device key within 5 s, a proof that failed, or a sign-in that is over. */
  UNPROVED: 4401,
  /** The grant is not in force (any more). */
  NO_GRANT: 4403,
  NOT_FOUND: 4404,
  /** The other side stopped answering heartbeats. */
  SILENT: 4408,
  /** A newer socket of the same device took this end. */
  REPLACED: 4409,
  /** The session is over. */
  OVER: 4410,
  /** [E5] The device was declared lost: its key proves nothing any more. */
  RETIRED: 4411,
  TOO_LARGE: 4413,
  VERSION: 4426,
  TOO_MANY: 4429,
  /** What does not verify: never reconnect by yourself after this. */
  FORGED: 4490,
  INTERNAL: 4500,
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];
