import type { MissedCall } from "../../../../shared/http-api.ts";
import { createObservable, type Observable } from "../../store/observable.ts";
import type { ServerApi } from "../../store/server-api.ts";

export interface MissedCalls extends Observable<readonly MissedCall[]> {
  /** Never rejects: the list that was there stays. */
  refresh(): Promise<void>;
  /** Rejects with `AppError`. */
  markSeen(call: string): Promise<void>;
}

type Action = { type: "loaded"; calls: readonly MissedCall[] } | { type: "seen"; call: string };

function reduceMissed(calls: readonly MissedCall[], action: Action): readonly MissedCall[] {
  if (action.type === "loaded") return action.calls;
  return calls.filter(({ call }) => call !== action.call);
}

export function createMissedCalls(api: ServerApi): MissedCalls {
  const state = createObservable(reduceMissed, []);
  return {
    get: state.get,
    subscribe: state.subscribe,
    async refresh() {
      const answer = await api("GET /api/calls", {}).catch(() => undefined);
      if (answer) state.dispatch({ type: "loaded", calls: answer.calls });
    },
    async markSeen(call) {
      await api("POST /api/calls/seen", { call });
      state.dispatch({ type: "seen", call });
    },
  };
}
