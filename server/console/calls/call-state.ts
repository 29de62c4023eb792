import { assertNever } from "../../../shared/errors.ts";
import type { SessionId } from "../../../shared/ids.ts";
import type { EndReason } from "../../../shared/protocol/control.ts";
import type { CallRefusal, VerifiedCall } from "./verified-call.ts";

/** What became of a call, to be said in words and then put away. */
export type CallNews =
  | { type: "missed" | "cancelled" | "elsewhere" | "declined" | "answer-failed"; label: string }
  | { type: "refused"; why: CallRefusal; label: string | undefined }
  | { type: "over"; reason: EndReason | "closed"; label: string };

export type CallsState = {
  /** The one that rings longest comes first; it alone fills the screen. */
  ringing: readonly VerifiedCall[];
  answering: SessionId | undefined;
  live: VerifiedCall | undefined;
  /** A session of this device that another tab shows. */
  otherTab: VerifiedCall | undefined;
  news: CallNews | undefined;
};

export type CallsAction =
  | { type: "rings"; call: VerifiedCall }
  | { type: "answering"; session: SessionId }
  | { type: "answered"; call: VerifiedCall }
  | { type: "answer-failed"; session: SessionId }
  | { type: "declined"; session: SessionId }
  | {
      type: "ring-over";
      session: SessionId;
      why: "cancelled" | "missed" | "elsewhere" | "declined";
    }
  | { type: "refused"; why: CallRefusal; label: string | undefined }
  | { type: "other-tab"; call: VerifiedCall }
  /** Another tab took the live session. */
  | { type: "taken" }
  | { type: "over"; session: SessionId; reason: EndReason | "closed" }
  /** The server knows of no session: what was ringing or elsewhere is past. */
  | { type: "nothing" }
  | { type: "dismissed" };

export const noCalls: CallsState = {
  ringing: [],
  answering: undefined,
  live: undefined,
  otherTab: undefined,
  news: undefined,
};

export function reduceCalls(state: CallsState, action: CallsAction): CallsState {
  switch (action.type) {
    case "rings": {
      const { call } = action;
      if (state.live?.session === call.session || find(state, call.session)) return state;
      return { ...state, ringing: [...state.ringing, call], news: undefined };
    }
    case "answering":
      return find(state, action.session) ? { ...state, answering: action.session } : state;
    case "answered":
      return {
        ...without(state, action.call.session),
        live: action.call,
        otherTab: undefined,
        news: undefined,
      };
    case "answer-failed":
      return lose(state, action.session, (label) => ({ type: "answer-failed", label }));
    case "declined":
      return lose(state, action.session, (label) => ({ type: "declined", label }));
    case "ring-over":
      // While this tab answers, the reply says who was first.
      if (action.why === "elsewhere" && state.answering === action.session) return state;
      return lose(state, action.session, (label) => ({ type: action.why, label }));
    case "refused":
      return { ...state, news: { type: "refused", why: action.why, label: action.label } };
    case "other-tab":
      return { ...without(state, action.call.session), otherTab: action.call };
    case "taken":
      return state.live ? { ...state, live: undefined, otherTab: state.live } : state;
    case "over": {
      const { session, reason } = action;
      if (state.otherTab?.session === session) return { ...state, otherTab: undefined };
      if (state.live?.session !== session) return state;
      const { label } = state.live;
      return { ...state, live: undefined, news: { type: "over", reason, label } };
    }
    case "nothing":
      return state.live ? state : { ...noCalls, news: state.news };
    case "dismissed":
      return { ...state, news: undefined };
    default:
      return assertNever(action);
  }
}

function find(state: CallsState, session: SessionId): VerifiedCall | undefined {
  return state.ringing.find((call) => call.session === session);
}

function without(state: CallsState, session: SessionId): CallsState {
  return {
    ...state,
    ringing: state.ringing.filter((call) => call.session !== session),
    answering: state.answering === session ? undefined : state.answering,
  };
}

function lose(state: CallsState, session: SessionId, say: (label: string) => CallNews): CallsState {
  const call = find(state, session);
  return call ? { ...without(state, session), news: say(call.label) } : state;
}
