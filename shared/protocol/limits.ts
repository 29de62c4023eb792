/** Every bound of the protocol, in one place; `docs/protocol.md` gives the reasons. */
export const PROTOCOL_VERSION = 1;

/** [L3] A relay frame, header included. Relay and receivers refuse more. */
export const MAX_FRAME_BYTES = 64 * 1024;
/** [L3] What one frame may carry before it is sealed. */
export const MAX_PAYLOAD_BYTES = 48 * 1024;
/** [L5] A message of the sealed link after it is put together and expanded. */
export const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;
/** [L5] The same from the console, whose messages are small: its `link.ready`, then any other. */
export const MAX_HELPER_READY_BYTES = 256 * 1024;
export const MAX_HELPER_MESSAGE_BYTES = 16 * 1024;
/** [C2] A control message (JSON text). */
export const MAX_CONTROL_BYTES = 16 * 1024;
/** [L6] Unacknowledged bytes above which a sender stops sending increments. */
export const WINDOW_BYTES = 512 * 1024;
/** [L6] Age of the oldest unacknowledged byte above which a sender stops sending increments. */
export const WINDOW_MS = 2_000;
/** [R5] What one socket may send at once, then per second. */
export const BURST_BYTES = 16 * 1024 * 1024;
export const RATE_BYTES_PER_S = 1024 * 1024;
/** [R5] What a smaller message counts as: it costs everybody as much work. */
export const SMALLEST_COUNTED_BYTES = 1024;

/** [C1] A socket that has not proved its device key by then is closed. */
export const PROOF_MS = 5_000;
/** [R3] Heartbeat: the grant is checked again, and `beat` is sent. */
export const HEARTBEAT_MS = 5_000;
/** [C4] A client that hears nothing for that long takes the connection for lost. */
export const SILENCE_MS = 15_000;

/** [S2] A ring lasts. */
export const RING_MS = 60_000;
/** [S4] A break up to this long resumes by itself. */
export const BREAK_MS = 60_000;
/** [S4] A break up to this long resumes by a gesture; after it the session has ended. */
export const LONG_BREAK_MS = 600_000;
/** [G2] A SESSION grant lasts at most. */
export const SESSION_GRANT_MS = 7_200_000;
/** [G4] A statement's nonce is good for. */
export const STATEMENT_NONCE_MS = 120_000;
/** [P1] An invitation is good for. */
export const INVITATION_MS = 86_400_000;
/** [P5] « On m'a appelé » refuses that person for. */
export const REFUSED_MS = 3_600_000;
/** [P5] The three answers of the first session are inert for. */
export const INERT_MS = 20_000;

/** [V3] The helper's text on a highlight. */
export const MAX_GUIDE_TEXT = 140;
/** [A8] A text message beside the voice. */
export const MAX_TEXT_MESSAGE = 500;
/** [A2] A LiveKit token is good for. LiveKit allows a minute more. */
export const VOICE_TOKEN_MS = 90_000;
/** [A7] What one end says about its voice, at most once in. */
export const VOICE_STATUS_MS = 1_000;
/** Hosts that one grant may name. */
export const MAX_HOSTS = 10;
/** [M6] One image, font or style sheet that crosses. */
export const MAX_ASSET_BYTES = 4 * 1024 * 1024;
/** [J4] How often a device may read, sign and contest in its journal in 10 minutes. */
export const JOURNAL_ASKS = 600;
