import type { TrustNotice } from "../../../shared/http-api.ts";
import { createObservable, type Observable } from "../store/observable.ts";
import type { ServerApi } from "../store/server-api.ts";

/** [P10] What the people who chose this helper as their trusted person let them know. */
export interface TrustNotices extends Observable<readonly TrustNotice[]> {
  /** Never rejects: the list that was there stays. */
  refresh(): Promise<void>;
  /** Rejects with `AppError`. */
  markSeen(notice: string): Promise<void>;
}

type Action =
  | { type: "loaded"; notices: readonly TrustNotice[] }
  | { type: "seen"; notice: string };

function reduceNotices(notices: readonly TrustNotice[], action: Action): readonly TrustNotice[] {
  if (action.type === "loaded") return action.notices;
  return notices.filter(({ notice }) => notice !== action.notice);
}

export function createTrustNotices(api: ServerApi): TrustNotices {
  const state = createObservable(reduceNotices, []);
  return {
    get: state.get,
    subscribe: state.subscribe,
    async refresh() {
      const answer = await api("GET /api/notices", {}).catch(() => undefined);
      if (answer) state.dispatch({ type: "loaded", notices: answer.notices });
    },
    async markSeen(notice) {
      await api("POST /api/notices/seen", { notice });
      state.dispatch({ type: "seen", notice });
    },
  };
}
