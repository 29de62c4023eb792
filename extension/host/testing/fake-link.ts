import { AppError } from "../../../shared/errors.ts";
import type { SealedLink } from "../../session/live-session.ts";

type Event = Parameters<Parameters<SealedLink["listen"]>[0]>[0];
type Message = Parameters<SealedLink["send"]>[0];

export type FakeLink = SealedLink & {
  readonly sent: Message[];
  readonly types: string[];
  readonly started: boolean;
  readonly closed: boolean;
  emit(event: Event): void;
  congest(slow: boolean): void;
  /** What is sent from now on stays on the way until the function that it gives is called. */
  stall(): () => void;
};

const ignore = (): void => undefined;

export function createFakeLink(): FakeLink {
  const sent: Message[] = [];
  let listener: (event: Event) => unknown = ignore;
  let onTheWay: Promise<void> = Promise.resolve();
  let [open, congested, started, closed] = [false, false, false, false];
  return {
    sent,
    get types() {
      return sent.map(({ type }) => type);
    },
    get open() {
      return open;
    },
    get congested() {
      return congested;
    },
    get started() {
      return started;
    },
    get closed() {
      return closed;
    },
    start() {
      started = true;
    },
    send(message) {
      if (!open) return Promise.reject(new AppError("UNAVAILABLE", "fake: not open"));
      sent.push(message);
      return onTheWay;
    },
    listen(next) {
      listener = next;
      return () => {
        listener = ignore;
      };
    },
    close() {
      open = false;
      closed = true;
    },
    emit(event) {
      if (event.type === "open") open = true;
      if (event.type === "lost" || event.type === "forged") open = false;
      listener(event);
    },
    congest(slow) {
      congested = slow;
      listener({ type: "slow", slow });
    },
    stall() {
      let arrive = ignore;
      onTheWay = new Promise((resolve) => (arrive = resolve));
      return () => {
        onTheWay = Promise.resolve();
        arrive();
      };
    },
  };
}
