import type { Clock } from "../../../../shared/client/clock.ts";
import type { ServerSocket } from "../../../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../../../shared/crypto/device-key.ts";
import { commitTo, pairWords, verifyCommitment } from "../../../../shared/crypto/spoken-pairing.ts";
import type { AttemptId } from "../../../../shared/ids.ts";
import { createNonce } from "../../../../shared/ids.ts";
import type { ServerMessage } from "../../../../shared/protocol/control.ts";
import { createObservable, type Observable } from "../../store/observable.ts";
import type { InviteSecret } from "../../store/pins.ts";
import type { RecordStore } from "../../store/record-store.ts";
import { noSpoken, reduceSpoken, type SpokenState } from "./spoken-state.ts";

/** The tab that the person looks at answers first. */
const HIDDEN_TAB_WAITS_MS = 1_500;

export interface SpokenPairing extends Observable<SpokenState> {
  confirm(): Promise<void>;
  /** « Ce ne sont pas les mêmes », or no wish to go on: the code is burnt. */
  refuse(): Promise<void>;
  close(): void;
}

type Begun = Extract<ServerMessage, { type: "pairing.begun" }>;
type Revealed = Extract<ServerMessage, { type: "pairing.revealed" }>;

/** [P4] The helper's side of a pairing by code. */
export function createSpokenPairing({
  socket,
  key,
  invites,
  clock,
  isHidden,
  onMade,
}: {
  socket: ServerSocket;
  key: DeviceKey;
  invites: RecordStore<InviteSecret>;
  clock: Clock;
  isHidden: () => boolean;
  onMade: () => void;
}): SpokenPairing & { stop(): void } {
  const state = createObservable(reduceSpoken, noSpoken);
  /** What this side committed to, and to what the other side did. */
  let secret: { attempt: AttemptId; nonce: string; theirs: string; theirKey?: string } | undefined;

  async function begin({ attempt, invitation, commitment }: Begun): Promise<void> {
    const invite = await invites.get(invitation);
    // Another browser of this account made it: that one answers.
    if (!invite) return;
    const nonce = createNonce();
    const mine = await commitTo("helper", key.publicKey, nonce);
    try {
      await socket.request("pairing.answer", { attempt, commitment: mine });
    } catch {
      // Another tab was first, or it is over already.
      return;
    }
    secret = { attempt, nonce, theirs: commitment };
    state.dispatch({ type: "begun", attempt, invitation, label: invite.label });
    const current = state.get();
    if (current.step !== "preparing" || current.attempt !== attempt) return cancel(attempt);
    await socket
      .request("pairing.reveal", { attempt, key: key.publicKey, nonce })
      .catch(() => state.dispatch({ type: "failed", attempt, why: "broken" }));
  }

  async function onRevealed({
    attempt,
    key: theirKey,
    nonce: theirNonce,
  }: Revealed): Promise<void> {
    if (secret?.attempt !== attempt || secret.theirKey !== undefined) return;
    const { nonce, theirs } = secret;
    if (!(await verifyCommitment(theirs, "beneficiary", theirKey, theirNonce))) {
      state.dispatch({ type: "failed", attempt, why: "different" });
      return cancel(attempt);
    }
    secret.theirKey = theirKey;
    const words = await pairWords({
      beneficiaryKey: theirKey,
      beneficiaryNonce: theirNonce,
      helperKey: key.publicKey,
      helperNonce: nonce,
    });
    state.dispatch({ type: "words", attempt, words });
  }

  async function cancel(attempt: AttemptId): Promise<void> {
    // Over already, or not connected: the server burns the code then, too.
    await socket.request("pairing.cancel", { attempt }).catch(() => undefined);
  }

  async function onMessage(message: ServerMessage): Promise<void> {
    if (message.type === "pairing.begun") {
      if (isHidden()) clock.setTimeout(() => void begin(message), HIDDEN_TAB_WAITS_MS);
      else await begin(message);
    } else if (message.type === "pairing.revealed") await onRevealed(message);
    else if (message.type === "pairing.made") {
      state.dispatch({ type: "made", attempt: message.attempt });
      onMade();
    } else if (message.type === "pairing.failed")
      state.dispatch({ type: "failed", attempt: message.attempt, why: "broken" });
  }

  const unlisten = socket.listen((event) => {
    if (event.type === "message") void onMessage(event.message);
    else if (event.type === "offline" || event.type === "closed") state.dispatch({ type: "lost" });
  });

  return {
    get: state.get,
    subscribe: state.subscribe,
    async confirm() {
      const current = state.get();
      const theirKey = secret?.theirKey;
      if (current.step !== "comparing" || theirKey === undefined) return;
      const { attempt, invitation } = current;
      state.dispatch({ type: "confirming", attempt });
      try {
        // Before it is said: the pairing may be made while this tab closes.
        await invites.change(invitation, (invite) => ({ ...invite, confirmedKey: theirKey }));
        await socket.request("pairing.confirm", { attempt });
        state.dispatch({ type: "confirmed", attempt });
      } catch {
        state.dispatch({ type: "failed", attempt, why: "broken" });
      }
    },
    async refuse() {
      const current = state.get();
      if (!("attempt" in current)) return;
      const why = current.step === "comparing" ? "different" : "broken";
      state.dispatch({ type: "failed", attempt: current.attempt, why });
      await cancel(current.attempt);
    },
    close: () => state.dispatch({ type: "closed" }),
    stop: unlisten,
  };
}
