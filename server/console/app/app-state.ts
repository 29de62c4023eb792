import type { ErrorCode } from "../../../shared/errors.ts";
import { assertNever } from "../../../shared/errors.ts";
import type { Account } from "../../../shared/http-api.ts";

export type Config = { playerUrl: string; mail: boolean; version: string };

export type SignedOutNotice =
  | "link-dead"
  | "signed-out"
  /** The link that proves a mail address was opened where nobody is signed in. */
  | "mail-proved"
  | "mail-dead"
  | "mail-too-many";

/** Which screen is shown, from the first paint to a console that can be called. `D`: the signed-in part. */
export type AppState<D> =
  | { screen: "starting" }
  | { screen: "unreachable" }
  | { screen: "signed-out"; config: Config; notice: SignedOutNotice | undefined }
  /** The link that proves a mail address was opened: by the person, or by whatever looks at their mail. */
  | { screen: "proving"; config: Config }
  | { screen: "naming"; config: Config; account: Account }
  | { screen: "opening"; config: Config; account: Account }
  /** The key cannot be kept, or the server refused it. */
  | { screen: "stuck"; config: Config; why: "storage" | ErrorCode }
  | { screen: "desk"; config: Config; account: Account; desk: D };

export type AppAction<D> =
  | { type: "started" }
  | { type: "unreachable" }
  | { type: "signed-out"; config: Config; notice?: SignedOutNotice }
  | { type: "asked-for-proof"; config: Config }
  /** `rename`: the name is not one that the person has chosen. */
  | { type: "signed-in"; config: Config; account: Account; rename: boolean }
  | { type: "named"; account: Account }
  | { type: "stuck"; why: "storage" | ErrorCode }
  | { type: "opened"; desk: D }
  /** The sign-in ended while the desk was open. */
  | { type: "dropped" };

export function reduceApp<D>(state: AppState<D>, action: AppAction<D>): AppState<D> {
  switch (action.type) {
    case "started":
      return { screen: "starting" };
    case "unreachable":
      return { screen: "unreachable" };
    case "signed-out":
      return { screen: "signed-out", config: action.config, notice: action.notice };
    case "asked-for-proof":
      return { screen: "proving", config: action.config };
    case "signed-in": {
      const { config, account } = action;
      return { screen: action.rename ? "naming" : "opening", config, account };
    }
    case "named":
      if (state.screen !== "naming") return state;
      return { screen: "opening", config: state.config, account: action.account };
    case "stuck":
      if (state.screen !== "opening") return state;
      return { screen: "stuck", config: state.config, why: action.why };
    case "opened":
      return state.screen === "opening" ? { ...state, screen: "desk", desk: action.desk } : state;
    case "dropped":
      if (state.screen !== "desk") return state;
      return { screen: "signed-out", config: state.config, notice: "signed-out" };
    default:
      return assertNever(action);
  }
}
