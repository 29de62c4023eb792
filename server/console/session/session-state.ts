import { assertNever } from "../../../shared/errors.ts";
import type { PauseReason } from "../../../shared/protocol/control.ts";
import type { BeneficiaryMessage } from "../../../shared/protocol/peer.ts";
import type { Described, PlayerMode } from "../player/port.ts";

/** What the session screen shows. Pure: sockets, the player and clocks are in `live-session.ts`. */
type GuideState = Extract<BeneficiaryMessage, { type: "guide.state" }>["state"];

type Highlight = {
  guide: number;
  element: Described;
  text: string;
  state: "sent" | GuideState | "failed";
  /** As the page's own side names it. */
  name?: string;
};

export type SessionState = {
  /** The connection to the server. */
  network: "online" | "offline";
  /** The sealed link to the other device. `lost`: it was open before. */
  link: "joining" | "open" | "lost";
  host: string | undefined;
  /** The page that is in front is not one of the grant's hosts: nothing of it is drawn. */
  foreign: boolean;
  /** The document of the tab, once its first picture can be seen. */
  page: { document: string; painted: boolean } | undefined;
  paused: PauseReason | undefined;
  slow: boolean;
  mode: PlayerMode;
  scale: "fit" | "actual";
  highlight: Highlight | undefined;
  cleared: boolean;
  elements: readonly Described[] | undefined;
};

export type SessionAction =
  | { type: "network"; online: boolean }
  | { type: "opened" }
  | { type: "lost" }
  | { type: "slow"; slow: boolean }
  | { type: "page"; document: string; host: string; allowed: boolean }
  | { type: "painted"; document: string }
  | { type: "paused"; reason: PauseReason }
  | { type: "resumed" }
  | { type: "mode"; mode: PlayerMode }
  | { type: "scale"; scale: "fit" | "actual" }
  | { type: "highlighted"; guide: number; element: Described; text: string }
  | { type: "guided"; guide: number; state: GuideState | "failed"; name?: string | undefined }
  | { type: "cleared" }
  | { type: "elements"; elements: readonly Described[] };

export const initialSession: SessionState = {
  network: "online",
  link: "joining",
  host: undefined,
  foreign: false,
  page: undefined,
  paused: undefined,
  slow: false,
  mode: "highlight",
  scale: "fit",
  highlight: undefined,
  cleared: false,
  elements: undefined,
};

export function reduceSession(state: SessionState, action: SessionAction): SessionState {
  switch (action.type) {
    case "network":
      return { ...state, network: action.online ? "online" : "offline" };
    case "opened":
      return { ...state, link: "open", slow: false };
    case "lost":
      return state.link === "open" ? { ...state, link: "lost", slow: false } : state;
    case "slow":
      return { ...state, slow: action.slow };
    case "page": {
      const { document, host, allowed } = action;
      if (!allowed) return { ...state, host, foreign: true, page: undefined, highlight: undefined };
      const isSame = state.page?.document === document;
      return {
        ...state,
        host,
        foreign: false,
        page: isSame ? state.page : { document, painted: false },
        // A highlight belongs to the page that it was on.
        highlight: isSame ? state.highlight : undefined,
        elements: isSame ? state.elements : undefined,
      };
    }
    case "painted":
      if (state.page?.document !== action.document || state.page.painted) return state;
      return { ...state, page: { ...state.page, painted: true } };
    case "paused":
      return { ...state, paused: action.reason };
    case "resumed":
      return { ...state, paused: undefined };
    case "mode":
      return { ...state, mode: action.mode };
    case "scale":
      return { ...state, scale: action.scale };
    case "highlighted": {
      const { guide, element, text } = action;
      return { ...state, cleared: false, highlight: { guide, element, text, state: "sent" } };
    }
    case "guided": {
      // What became of an older one no longer matters.
      if (state.highlight?.guide !== action.guide) return state;
      const { name } = action;
      return {
        ...state,
        highlight: {
          ...state.highlight,
          state: action.state,
          ...(name === undefined || name === "" ? {} : { name }),
        },
      };
    }
    case "cleared":
      return { ...state, highlight: undefined, cleared: true };
    case "elements":
      return { ...state, elements: action.elements };
    default:
      return assertNever(action);
  }
}

/** The one thing to say about the picture now, most important first. */
export type Situation =
  | "offline"
  | "joining"
  | "lost"
  | "foreign"
  | "paused"
  | "waiting"
  | "loading"
  | "slow"
  | "live";

export function situationOf(state: SessionState): Situation {
  if (state.network === "offline") return "offline";
  if (state.link === "joining") return "joining";
  if (state.link === "lost") return "lost";
  if (state.foreign) return "foreign";
  if (state.paused) return "paused";
  if (!state.page) return "waiting";
  if (!state.page.painted) return "loading";
  return state.slow ? "slow" : "live";
}

/** Whether a click in the mirror may show something to the other person. */
export function canGuide(state: SessionState): boolean {
  const situation = situationOf(state);
  return situation === "live" || situation === "slow";
}
