import type { DeviceKey } from "../../../shared/crypto/device-key.ts";
import { assertNever, type ErrorCode } from "../../../shared/errors.ts";
import type { HelperPairing } from "../../../shared/http-api.ts";
import type { DeviceId, PairingId } from "../../../shared/ids.ts";
import { createObservable, type Observable } from "../store/observable.ts";
import type { InviteSecret, Pin } from "../store/pins.ts";
import type { RecordStore } from "../store/record-store.ts";
import { codeOfError, type ServerApi } from "../store/server-api.ts";
import { checkPairing, type PairingRefusal } from "./check-pairing.ts";

export type Person = { pairing: PairingId; device: DeviceId; key: string; label: string };

/** What happened to a pairing and must be said once. */
export type CircleNews = { pairing: PairingId; label: string | undefined } & (
  | { type: "joined" }
  | { type: "ended" }
  | { type: "refused"; why: PairingRefusal }
);

export type CircleState = {
  loaded: boolean;
  people: readonly Person[];
  /** How many are paired with another browser of this account. */
  elsewhere: number;
  news: readonly CircleNews[];
  failed: ErrorCode | undefined;
};

type CircleAction =
  | { type: "loaded"; people: readonly Person[]; elsewhere: number; news: readonly CircleNews[] }
  | { type: "failed"; code: ErrorCode }
  | { type: "renamed"; pairing: PairingId; label: string }
  | { type: "removed"; pairing: PairingId }
  | { type: "dismissed"; pairing: PairingId };

export const noCircle: CircleState = {
  loaded: false,
  people: [],
  elsewhere: 0,
  news: [],
  failed: undefined,
};

function reduceCircle(state: CircleState, action: CircleAction): CircleState {
  switch (action.type) {
    case "loaded": {
      const { people, elsewhere } = action;
      const fresh = new Set(action.news.map(({ pairing }) => pairing));
      const news = [...action.news, ...state.news.filter(({ pairing }) => !fresh.has(pairing))];
      return { loaded: true, people, elsewhere, news, failed: undefined };
    }
    case "failed":
      return { ...state, failed: action.code };
    case "renamed":
      return {
        ...state,
        people: state.people.map((person) =>
          person.pairing === action.pairing ? { ...person, label: action.label } : person,
        ),
      };
    case "removed":
      return { ...state, people: state.people.filter((p) => p.pairing !== action.pairing) };
    case "dismissed":
      return { ...state, news: state.news.filter((item) => item.pairing !== action.pairing) };
    default:
      return assertNever(action);
  }
}

export interface Circle extends Observable<CircleState> {
  /** Asks the server, checks every pairing again, pins the new ones. Never rejects. */
  refresh(): Promise<void>;
  rename(pairing: PairingId, label: string): Promise<void>;
  /** Rejects with `AppError`. */
  end(pairing: PairingId, block: boolean): Promise<void>;
  dismiss(pairing: PairingId): void;
}

export function createCircle({
  api,
  key,
  pins,
  invites,
  wallClock,
}: {
  api: ServerApi;
  key: DeviceKey;
  pins: RecordStore<Pin>;
  invites: RecordStore<InviteSecret>;
  wallClock: () => number;
}): Circle {
  const state = createObservable(reduceCircle, noCircle);
  let turn = Promise.resolve();

  async function load(): Promise<void> {
    const { pairings } = await api("GET /api/pairings", {});
    const [pinned, invited] = await Promise.all([pins.all(), invites.all()]);
    const people: Person[] = [];
    const news: CircleNews[] = [];
    let elsewhere = 0;
    for (const pairing of pairings) {
      const pin = pinned.get(pairing.pairing);
      if (pairing.state !== "active") {
        if (pin) news.push(await forget(pairing, pin));
        continue;
      }
      const invite = invited.get(pairing.origin.invitation);
      const check = await checkPairing(pairing, { key, pin, invite });
      if (check.type === "elsewhere") elsewhere += 1;
      else if (check.type === "refused") {
        await refuse(pairing);
        const label = pin?.label ?? invite?.label;
        news.push({ type: "refused", pairing: pairing.pairing, label, why: check.why });
      } else {
        if (check.type === "new") {
          await pinNow(pairing, check.pin);
          // By code, both were there and have been told.
          if (pairing.origin.type === "link")
            news.push({ type: "joined", pairing: pairing.pairing, label: check.pin.label });
        }
        people.push({ pairing: pairing.pairing, ...check.pin });
      }
    }
    await dropOldInvites(pairings, invited);
    state.dispatch({ type: "loaded", people, elsewhere, news });
  }

  async function pinNow(pairing: HelperPairing, pin: Pin): Promise<void> {
    await pins.put(pairing.pairing, pin);
    await invites.remove(pairing.origin.invitation);
  }

  async function forget({ pairing }: HelperPairing, { label }: Pin): Promise<CircleNews> {
    await pins.remove(pairing);
    return { type: "ended", pairing, label };
  }

  /** The pin goes only once the server knows: until then the wrong key stays refused. */
  async function refuse({ pairing }: HelperPairing): Promise<void> {
    await api("POST /api/pairings/end", { pairing, block: false });
    await pins.remove(pairing);
  }

  /** A secret is of no more use two days after its invitation's end, unless somebody took it. */
  async function dropOldInvites(
    pairings: readonly HelperPairing[],
    invited: Map<string, InviteSecret>,
  ): Promise<void> {
    const taken = new Set<string>(pairings.map(({ origin }) => origin.invitation));
    for (const [invitation, { expiresAt }] of invited) {
      const old = Date.parse(expiresAt) + 172_800_000 < wallClock();
      if (old && !taken.has(invitation)) await invites.remove(invitation);
    }
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    refresh() {
      turn = turn
        .then(load)
        .catch((error: unknown) => state.dispatch({ type: "failed", code: codeOfError(error) }));
      return turn;
    },
    async rename(pairing, label) {
      await pins.change(pairing, (pin) => ({ ...pin, label }));
      state.dispatch({ type: "renamed", pairing, label });
    },
    async end(pairing, block) {
      await api("POST /api/pairings/end", { pairing, block });
      await pins.remove(pairing);
      state.dispatch({ type: "removed", pairing });
    },
    dismiss: (pairing) => state.dispatch({ type: "dismissed", pairing }),
  };
}
