import type { Port, PortSender } from "../../messaging/ports.ts";

const ignore = (): void => undefined;

export type FakePort = Port & {
  /** What the host has posted, in order; JSON strings are parsed. */
  readonly posted: unknown[];
  readonly types: string[];
  readonly closed: boolean;
  /** The other side says something, as it is. */
  say(message: unknown): void;
  /** The other side goes away. */
  leave(): void;
};

export function createFakePort(name: string, sender: Partial<PortSender> = {}): FakePort {
  const posted: unknown[] = [];
  let closed = false;
  let onMessage: (message: unknown) => void = ignore;
  let onClose: () => void = ignore;
  return {
    name,
    sender: { fromUs: false, ...sender },
    posted,
    get types() {
      return posted.map((message) =>
        typeof message === "object" && message !== null && "type" in message
          ? String(message.type)
          : "",
      );
    },
    get closed() {
      return closed;
    },
    post(message) {
      if (closed) return;
      posted.push(typeof message === "string" ? JSON.parse(message) : message);
    },
    close() {
      closed = true;
    },
    onMessage(listener) {
      onMessage = listener;
    },
    onClose(listener) {
      onClose = listener;
    },
    say: (message) => onMessage(message),
    leave() {
      closed = true;
      onClose();
    },
  };
}
