import type { ServerSocket, SocketEvent } from "../../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../../shared/crypto/device-key.ts";
import type { SessionId } from "../../../shared/ids.ts";
import { CLOSE } from "../../../shared/protocol/close-codes.ts";
import type { CurrentSession, EndReason, ServerMessage } from "../../../shared/protocol/control.ts";
import type { Circle } from "../people/circle.ts";
import { createObservable, type Observable } from "../store/observable.ts";
import { type CallsState, noCalls, reduceCalls } from "./call-state.ts";
import { type VerifiedCall, verifyCall } from "./verified-call.ts";

/** Which session this very tab answered, so that a reload finds it again. */
export interface TabMemory {
  get(): string | null;
  set(session: SessionId): void;
  clear(): void;
}

export interface Calls extends Observable<CallsState> {
  answer(session: SessionId): Promise<void>;
  decline(session: SessionId): Promise<void>;
  /** Shows here the session that another tab shows. */
  takeOver(): void;
  /** The session screen is done. */
  over(session: SessionId, reason: EndReason | "closed"): void;
  dismiss(): void;
}

/** [S2] Everything that rings on this device, and the one session that it may be in. */
export function createCalls({
  socket,
  key,
  circle,
  tab,
  onMissed,
}: {
  socket: ServerSocket;
  key: DeviceKey;
  circle: Circle;
  tab: TabMemory;
  onMissed: () => void;
}): Calls & { stop(): void } {
  const state = createObservable(reduceCalls, noCalls);

  async function check(current: CurrentSession): Promise<VerifiedCall | undefined> {
    const person = await findPerson(current);
    const checked = await verifyCall(current, { key, person });
    if (checked.type === "verified") return checked.call;
    state.dispatch({ type: "refused", why: checked.why, label: person?.label });
    if (current.state === "ringing") await tellDeclined(current.session);
    else await tellForged(current.session);
    return undefined;
  }

  /** Someone just paired may call before the list was read again. */
  async function findPerson({ pairing }: CurrentSession) {
    const find = () => circle.get().people.find((person) => person.pairing === pairing);
    const known = find();
    if (known) return known;
    await circle.refresh();
    return find();
  }

  async function onRing(current: CurrentSession): Promise<void> {
    const call = await check(current);
    if (call) state.dispatch({ type: "rings", call });
  }

  /** After each connection: rings and ends may have passed by unheard. */
  async function askCurrent(): Promise<void> {
    const { current } = await socket.request("session.current", {});
    if (!current) return state.dispatch({ type: "nothing" });
    if (current.state === "ringing") return onRing(current);
    if (state.get().live?.session === current.session) return;
    const call = await check(current);
    if (!call) return;
    const mine = tab.get() === current.session;
    state.dispatch({ type: mine ? "answered" : "other-tab", call });
  }

  async function tellDeclined(session: SessionId): Promise<void> {
    // No longer rings: it is as good as declined.
    await socket.request("session.decline", { session }).catch(() => undefined);
  }

  async function tellForged(session: SessionId): Promise<void> {
    await socket.request("session.end", { session, reason: "forged" }).catch(() => undefined);
  }

  async function onMessage(message: ServerMessage): Promise<void> {
    if (message.type === "ring") await onRing(message.call);
    else if (message.type === "ring.over") {
      state.dispatch({ type: "ring-over", session: message.session, why: message.reason });
      if (message.reason === "missed") onMissed();
    } else if (message.type === "session.over") {
      const { session, reason } = message;
      // The session that is shown here ends by its own screen.
      if (state.get().otherTab?.session === session)
        state.dispatch({ type: "over", session, reason });
    }
  }

  async function onEvent(event: SocketEvent): Promise<void> {
    if (event.type === "message") await onMessage(event.message);
    else if (event.type === "online") await askCurrent().catch(() => undefined);
    else if (event.type === "closed" && event.code === CLOSE.REPLACED) {
      tab.clear();
      state.dispatch({ type: "taken" });
    }
  }

  const unlisten = socket.listen((event) => void onEvent(event));

  return {
    get: state.get,
    subscribe: state.subscribe,
    async answer(session) {
      const call = state.get().ringing.find((ringing) => ringing.session === session);
      if (!call) return;
      state.dispatch({ type: "answering", session });
      try {
        const current = await socket.request("session.answer", { session });
        // The grant that the server stores must be the one that was verified when it rang.
        const answered = await check(current);
        if (!answered) return state.dispatch({ type: "declined", session });
        tab.set(session);
        state.dispatch({ type: "answered", call: answered });
      } catch {
        state.dispatch({ type: "answer-failed", session });
      }
    },
    async decline(session) {
      state.dispatch({ type: "declined", session });
      await tellDeclined(session);
    },
    takeOver() {
      const call = state.get().otherTab;
      if (!call) return;
      tab.set(call.session);
      state.dispatch({ type: "answered", call });
    },
    over(session, reason) {
      // Taken by another tab meanwhile: its end is said there.
      if (state.get().live?.session !== session) return;
      tab.clear();
      state.dispatch({ type: "over", session, reason });
    },
    dismiss: () => state.dispatch({ type: "dismissed" }),
    stop: unlisten,
  };
}
