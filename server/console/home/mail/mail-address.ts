import { AppError, assertNever } from "../../../../shared/errors.ts";
import type { Account } from "../../../../shared/http-api.ts";
import { createObservable, type Observable } from "../../store/observable.ts";
import { codeOfError, type ServerApi } from "../../store/server-api.ts";

/** What became of the link in a mail with which this page was opened. */
export type MailProof =
  | { type: "proved"; address: string }
  | { type: "dead" }
  /** Not looked at: too many were opened from this place. */
  | { type: "too-many" };

interface MailState {
  /** The account's own, proved. */
  address: string | undefined;
  canRemove: boolean;
  /** Where a link is on its way to. */
  sentTo: string | undefined;
  proof: MailProof | undefined;
}

type MailAction =
  | { type: "read"; account: Account }
  | { type: "sent"; address: string }
  /** The person wants to write another one. */
  | { type: "corrected" }
  | { type: "dismissed" };

/** Where calls that are missed are told, beside the console. */
export interface MailAddress extends Observable<MailState> {
  /** Never rejects: what was known stays. */
  refresh(): Promise<void>;
  /** Rejects with `AppError`. */
  ask(address: string): Promise<void>;
  /** Rejects with `AppError`. */
  remove(): Promise<void>;
  correct(): void;
  dismiss(): void;
}

function reduceMail(state: MailState, action: MailAction): MailState {
  switch (action.type) {
    case "read": {
      const { email, passkey } = action.account;
      const arrived = email !== undefined && email === state.sentTo;
      return {
        ...state,
        address: email,
        canRemove: passkey,
        sentTo: arrived ? undefined : state.sentTo,
      };
    }
    case "sent":
      return { ...state, sentTo: action.address, proof: undefined };
    case "corrected":
      return { ...state, sentTo: undefined };
    case "dismissed":
      return { ...state, proof: undefined };
    default:
      return assertNever(action);
  }
}

export function createMailAddress({
  api,
  account,
  proof,
}: {
  api: ServerApi;
  account: Account;
  proof: MailProof | undefined;
}): MailAddress {
  const state = createObservable<MailState, MailAction>(reduceMail, {
    address: account.email,
    canRemove: account.passkey,
    sentTo: undefined,
    proof,
  });
  return {
    get: state.get,
    subscribe: state.subscribe,
    async refresh() {
      const read = await api("GET /api/account", {}).catch(() => undefined);
      if (read) state.dispatch({ type: "read", account: read });
    },
    async ask(address) {
      await api("POST /api/account/mail", { address });
      // As the server keeps it.
      state.dispatch({ type: "sent", address: address.toLowerCase() });
    },
    async remove() {
      const read = await api("POST /api/account/mail/remove", {});
      state.dispatch({ type: "dismissed" });
      state.dispatch({ type: "read", account: read });
    },
    correct: () => state.dispatch({ type: "corrected" }),
    dismiss: () => state.dispatch({ type: "dismissed" }),
  };
}

/** Rejects with `AppError` when it is not known what became of the link. */
export async function proveMail(api: ServerApi, token: string): Promise<MailProof> {
  try {
    const { address } = await api("POST /api/account/mail/prove", { token });
    return { type: "proved", address };
  } catch (error) {
    const code = codeOfError(error);
    if (code === "NOT_FOUND" || code === "BAD_MESSAGE") return { type: "dead" };
    if (code === "TOO_MANY") return { type: "too-many" };
    throw new AppError(code, "mail: not known", { cause: error });
  }
}
