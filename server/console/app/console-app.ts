import { AppError } from "../../../shared/errors.ts";
import type { Account } from "../../../shared/http-api.ts";
import { type MailProof, proveMail } from "../home/mail/mail-address.ts";
import type { SignIn } from "../sign-in/auth-client.ts";
import type { KeyValue } from "../store/key-value.ts";
import { createObservable, type Observable } from "../store/observable.ts";
import { codeOfError, type ServerApi } from "../store/server-api.ts";
import { type AppState, type Config, reduceApp, type SignedOutNotice } from "./app-state.ts";
import { type Desk, openDesk, type Surroundings } from "./desk.ts";

export interface ConsoleApp extends Observable<AppState<Desk>> {
  signIn: SignIn;
  start(): Promise<void>;
  /** The link that proves a mail address does nothing before this: programs open links too. */
  answerProof(isMine: boolean): Promise<void>;
  /** Rejects with `AppError`. */
  giveName(name: string): Promise<void>;
  signOut(): Promise<void>;
}

/** What the address said when the page was opened. */
export type Arrival = {
  newByMail: boolean;
  deadLink: boolean;
  /** Proves a mail address. */
  mailToken: string | undefined;
};

export function createConsoleApp({
  api,
  keyValue,
  signIn,
  around,
  arrival,
}: {
  api: ServerApi;
  keyValue: KeyValue;
  signIn: SignIn;
  around: Surroundings;
  arrival: Arrival;
}): ConsoleApp {
  const first: AppState<Desk> = { screen: "starting" };
  const state = createObservable(reduceApp<Desk>, first);

  let proof: MailProof | undefined;

  async function start(): Promise<void> {
    state.dispatch({ type: "started" });
    try {
      const config = await api("GET /api/config", {});
      if (arrival.mailToken !== undefined)
        return state.dispatch({ type: "asked-for-proof", config });
      await goOn(config);
    } catch {
      state.dispatch({ type: "unreachable" });
    }
  }

  async function goOn(config: Config): Promise<void> {
    const account = await readAccount();
    if (account) return await enter(config, account);
    state.dispatch({ type: "signed-out", config, ...readNotice() });
  }

  function readNotice(): { notice?: SignedOutNotice } {
    // Said once.
    const told = proof;
    proof = undefined;
    if (told) return { notice: `mail-${told.type}` };
    return arrival.deadLink ? { notice: "link-dead" } : {};
  }

  async function readAccount(): Promise<Account | undefined> {
    try {
      return await api("GET /api/account", {});
    } catch (error) {
      if (codeOfError(error) === "UNPROVED") return undefined;
      throw error;
    }
  }

  async function enter(config: Config, account: Account): Promise<void> {
    state.dispatch({ type: "signed-in", config, account, rename: arrival.newByMail });
    if (state.get().screen === "opening") await open(config, account);
  }

  async function open(config: Config, account: Account): Promise<void> {
    try {
      const onSignedOut = () => drop();
      const desk = await openDesk({ account, config, api, keyValue, around, proof, onSignedOut });
      proof = undefined;
      if (state.get().screen === "opening") state.dispatch({ type: "opened", desk });
      else desk.close();
    } catch (error) {
      const code = error instanceof AppError ? error.code : "storage";
      state.dispatch(
        code === "UNAVAILABLE" ? { type: "unreachable" } : { type: "stuck", why: code },
      );
    }
  }

  function drop(): void {
    const current = state.get();
    if (current.screen !== "desk") return;
    current.desk.close();
    state.dispatch({ type: "dropped" });
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    signIn,
    start,
    async answerProof(isMine) {
      const current = state.get();
      if (current.screen !== "proving") return;
      state.dispatch({ type: "started" });
      try {
        if (isMine && arrival.mailToken !== undefined)
          proof = await proveMail(api, arrival.mailToken);
        arrival.mailToken = undefined;
        await goOn(current.config);
      } catch {
        state.dispatch({ type: "unreachable" });
      }
    },
    async giveName(name) {
      const current = state.get();
      if (current.screen !== "naming") return;
      const account = await api("POST /api/account", { name });
      arrival.newByMail = false;
      state.dispatch({ type: "named", account });
      await open(current.config, account);
    },
    async signOut() {
      const current = state.get();
      if (current.screen === "desk") current.desk.close();
      await signIn.leave();
      if ("config" in current) state.dispatch({ type: "signed-out", config: current.config });
      else await start();
    },
  };
}
