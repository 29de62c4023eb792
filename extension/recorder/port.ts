import {
  type HostToRecorder,
  RECORDER_PORT,
  type RecorderToHost,
} from "../messaging/recorder-port.ts";

const RETRY_MS = 200;
const GIVE_UP_MS = 2_000;
const PULSE_MS = 1_000;

/** The host is our own extension: its messages are trusted. */
function readHost(text: string): HostToRecorder {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(text) as HostToRecorder;
}

/** The part of the browser's Port that is used. */
export type RuntimePort = {
  postMessage(message: string): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
};

function say(port: RuntimePort, message: string): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a Port has none
  port.postMessage(message);
}

export type Runtime = {
  connect(name: string): RuntimePort;
  /** `false` once the extension was reloaded or removed: this script is an orphan. */
  isAlive(): boolean;
  /** Why a Port closed. Unread, the browser writes it on the page's own console. */
  lastError(): unknown;
};

export type HostPort = {
  send(message: RecorderToHost): void;
  /** A message of ours that is JSON already. */
  sendText(message: string): void;
  readonly open: boolean;
  /** The page goes into the browser's cache: no Port lives there. */
  rest(): void;
  /** The page is back from the browser's cache. */
  revive(): void;
  close(): void;
};

/**
 * The recorder's Port. It comes back by itself for 2 s after a loss, and says hello again each
 * time. `gone` is called once: the host does not want this frame, or nobody answers any more.
 */
export function openHostPort(parts: {
  runtime: Runtime;
  hello: RecorderToHost;
  onMessage(message: HostToRecorder): void;
  onLost(): void;
  gone(): void;
}): HostPort {
  const { runtime } = parts;
  let port: RuntimePort | undefined;
  let closed = false;
  /** The host has spoken on some Port: from then on a loss is a break, not a refusal. */
  let welcome = false;
  let answered = false;
  let resting = false;
  let lostAt: number | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const close = (): void => {
    closed = true;
    clearTimeout(retry);
    clearInterval(pulse);
    const last = port;
    port = undefined;
    try {
      last?.disconnect();
    } catch {
      // an orphan's Port is dead already
    }
  };

  const leave = (): void => {
    if (closed) return;
    close();
    parts.gone();
  };

  const lose = (): void => {
    if (closed) return;
    port = undefined;
    if (!welcome) return leave();
    if (lostAt === undefined) {
      lostAt = performance.now();
      parts.onLost();
    }
    if (!runtime.isAlive() || performance.now() - lostAt > GIVE_UP_MS) return leave();
    clearTimeout(retry);
    retry = setTimeout(connect, RETRY_MS);
    return undefined;
  };

  const connect = (): void => {
    if (closed) return;
    let fresh: RuntimePort;
    try {
      fresh = runtime.connect(RECORDER_PORT);
    } catch {
      return lose();
    }
    port = fresh;
    answered = false;
    fresh.onMessage.addListener((text) => {
      if (port !== fresh || typeof text !== "string") return;
      welcome = true;
      answered = true;
      lostAt = undefined;
      parts.onMessage(readHost(text));
    });
    fresh.onDisconnect.addListener(() => {
      runtime.lastError();
      if (port === fresh) lose();
    });
    try {
      say(fresh, JSON.stringify(parts.hello));
    } catch {
      return lose();
    }
    return undefined;
  };

  const sendText = (text: string): void => {
    if (port === undefined || !answered) return;
    try {
      say(port, text);
    } catch {
      lose();
    }
  };

  // An orphan hears nothing: it has to look.
  const pulse = setInterval(() => {
    if (resting) return undefined;
    if (!runtime.isAlive()) return leave();
    const waited = lostAt === undefined ? 0 : performance.now() - lostAt;
    if (!answered && waited > GIVE_UP_MS) leave();
    return undefined;
  }, PULSE_MS);

  connect();

  return {
    get open() {
      return port !== undefined && answered;
    },
    send(message) {
      sendText(JSON.stringify(message));
    },
    sendText,
    rest() {
      if (closed || !welcome) return leave();
      resting = true;
      clearTimeout(retry);
      const last = port;
      port = undefined;
      answered = false;
      parts.onLost();
      last?.disconnect();
      return undefined;
    },
    revive() {
      if (closed || !resting) return;
      resting = false;
      lostAt = performance.now();
      clearTimeout(retry);
      connect();
    },
    close,
  };
}
