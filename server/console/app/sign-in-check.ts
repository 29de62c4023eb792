import type { Clock } from "../../../shared/client/clock.ts";
import { codeOfError, type ServerApi } from "../store/server-api.ts";

const EVERY_MS = 5_000;

/** [C5] A socket that does not come back may mean that the sign-in has ended: asks until either is known. */
export function createSignInCheck({
  api,
  clock,
  isOffline,
  onSignedOut,
}: {
  api: ServerApi;
  clock: Clock;
  isOffline: () => boolean;
  onSignedOut: () => void;
}): { begin(): void; stop(): void } {
  let stopTimer: (() => void) | undefined;
  let stopped = false;

  async function ask(): Promise<void> {
    stopTimer?.();
    const answer = await api("GET /api/account", {}).then(() => undefined, codeOfError);
    if (stopped || !isOffline()) return;
    if (answer === "UNPROVED") onSignedOut();
    else stopTimer = clock.setTimeout(() => void ask(), EVERY_MS);
  }

  return {
    begin: () => void ask(),
    stop() {
      stopped = true;
      stopTimer?.();
    },
  };
}
