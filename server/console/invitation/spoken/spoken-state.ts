import { assertNever } from "../../../../shared/errors.ts";
import type { AttemptId, InvitationId } from "../../../../shared/ids.ts";

/** [P4] One pairing by code, as the helper's side lives it. */
export type SpokenState =
  | { step: "none" }
  /** Commitments and openings are crossing. */
  | { step: "preparing"; attempt: AttemptId; invitation: InvitationId; label: string }
  | {
      step: "comparing" | "confirming" | "waiting";
      attempt: AttemptId;
      invitation: InvitationId;
      label: string;
      words: readonly [string, string];
    }
  | { step: "made"; label: string }
  | { step: "failed"; label: string; why: SpokenFailure };

type SpokenFailure =
  /** The two words were not the same, or an opening did not fit its commitment. */
  | "different"
  /** Cancelled on the other side, too late, or a connection was lost. */
  | "broken";

export type SpokenAction =
  | { type: "begun"; attempt: AttemptId; invitation: InvitationId; label: string }
  | { type: "words"; attempt: AttemptId; words: readonly [string, string] }
  | { type: "confirming"; attempt: AttemptId }
  | { type: "confirmed"; attempt: AttemptId }
  | { type: "made"; attempt: AttemptId }
  | { type: "failed"; attempt: AttemptId; why: SpokenFailure }
  /** The connection is gone: the server burns the code. */
  | { type: "lost" }
  | { type: "closed" };

export const noSpoken: SpokenState = { step: "none" };

/** A word about another attempt than the one that is shown changes nothing. */
export function reduceSpoken(state: SpokenState, action: SpokenAction): SpokenState {
  if (action.type === "closed") return isOver(state) ? noSpoken : state;
  if (action.type === "begun") {
    if (!isOver(state) && state.step !== "none") return state;
    const { attempt, invitation, label } = action;
    return { step: "preparing", attempt, invitation, label };
  }
  if (state.step === "none" || isOver(state)) return state;
  if (action.type === "lost") return { step: "failed", label: state.label, why: "broken" };
  if (action.attempt !== state.attempt) return state;
  const { attempt, invitation, label } = state;
  switch (action.type) {
    case "words":
      if (state.step !== "preparing") return state;
      return { step: "comparing", attempt, invitation, label, words: action.words };
    case "confirming":
      return state.step === "comparing" ? { ...state, step: "confirming" } : state;
    case "confirmed":
      return state.step === "confirming" ? { ...state, step: "waiting" } : state;
    case "made":
      // Nobody but this person's own « yes » makes a pairing here.
      return state.step === "confirming" || state.step === "waiting"
        ? { step: "made", label }
        : { step: "failed", label, why: "broken" };
    case "failed":
      return { step: "failed", label, why: action.why };
    default:
      return assertNever(action);
  }
}

function isOver(state: SpokenState): state is Extract<SpokenState, { step: "made" | "failed" }> {
  return state.step === "made" || state.step === "failed";
}
