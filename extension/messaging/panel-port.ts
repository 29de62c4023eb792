import { z } from "zod";

import type { ErrorCode } from "../../shared/errors.ts";
import {
  contentHashSchema,
  type DeviceId,
  deviceIdSchema,
  type PairingId,
  pairingIdSchema,
} from "../../shared/ids.ts";
import {
  type EndReason,
  type HelperCard,
  type PauseReason,
  personNameSchema,
} from "../../shared/protocol/control.ts";
import { type Host, hostSchema } from "../../shared/sites.ts";
import type { Settings } from "../store/settings-store.ts";
import type { TalkView } from "./talk-view.ts";

/**
 * The Port between the panel and the session host. The panel owns nothing: it says what the person did (`PanelCommand`), and shows the last whole view
 * that it was sent (`PanelView`), at connection and after every change.
 */
export const PANEL_PORT = "epaule.panel";

const text = z.string().max(4000);
const pairing = pairingIdSchema;

export const panelCommandSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("panel.language"), language: z.enum(["fr", "en"]) }),
  /** The page in front of this panel's window, as far as the browser tells it. */
  z.strictObject({
    type: z.literal("panel.here"),
    window: z.int(),
    tab: z.int().optional(),
    url: z.string().optional(),
  }),
  /** Anything that has only words and one way out. */
  z.strictObject({ type: z.literal("panel.home") }),
  z.strictObject({ type: z.literal("invitation.read"), text }),
  z.strictObject({ type: z.literal("pairing.name"), name: personNameSchema }),
  z.strictObject({ type: z.literal("pairing.same") }),
  z.strictObject({ type: z.literal("pairing.different") }),
  z.strictObject({ type: z.literal("pairing.cancel") }),
  z.strictObject({ type: z.literal("circle.end"), pairing, block: z.boolean() }),
  z.strictObject({ type: z.literal("circle.pause"), pairing, paused: z.boolean() }),
  /** The one trusted person; `null`: nobody. */
  z.strictObject({ type: z.literal("circle.trust"), pairing: pairing.nullable() }),
  z.strictObject({ type: z.literal("circle.unblock"), device: deviceIdSchema }),
  z.strictObject({ type: z.literal("help.ask"), pairing }),
  /** After an end, or a call that nobody took: the same person, tab and hosts. */
  z.strictObject({ type: z.literal("help.again") }),
  z.strictObject({
    type: z.literal("help.answer"),
    answer: z.enum(["together", "i-called", "was-called"]),
  }),
  z.strictObject({ type: z.literal("help.host"), host: hostSchema }),
  /** « J'accepte », after the browser said yes to these hosts; `text` is the one on the screen. */
  z.strictObject({
    type: z.literal("help.accept"),
    hosts: z.array(hostSchema).min(1),
    text: contentHashSchema,
  }),
  z.strictObject({ type: z.literal("help.permission-refused") }),
  z.strictObject({ type: z.literal("ring.cancel") }),
  z.strictObject({ type: z.literal("call.leave") }),
  z.strictObject({ type: z.literal("session.stop") }),
  z.strictObject({ type: z.literal("session.pause") }),
  z.strictObject({ type: z.literal("session.resume") }),
]);
export type PanelCommand = z.infer<typeof panelCommandSchema>;

export type PersonView = {
  pairing: PairingId;
  name: string;
  card: HelperCard;
  /** Minutes during which this person is still refused. */
  refusedMinutes?: number;
  /** The other side ended it. */
  ended?: boolean;
  /** [P8] The beneficiary does not want to call this person for now. */
  paused?: boolean;
  /** [P10] The trusted person. */
  trusted?: boolean;
};

/** [P9] Without a name where the block is older than the list. */
export type BlockedView = { device: DeviceId; name?: string | undefined };

export type PairingProblem =
  | ErrorCode
  | "unreadable"
  | "half-link"
  | "other-server"
  | "different"
  | "broken-off"
  | "blocked";

export type PairingView =
  | { step: "none" }
  | { step: "enter"; busy: boolean; problem?: PairingProblem }
  | { step: "who"; card: HelperCard; busy: boolean; problem?: PairingProblem }
  | { step: "words"; card: HelperCard; name: string; words?: [string, string]; confirmed: boolean }
  | { step: "made"; name: string };

export type SceneNotice =
  | ErrorCode
  | "page-changed"
  | "page-elsewhere"
  | "permission-refused"
  | "person-removed"
  | "refused-person"
  | "paused-person";

export type SceneView =
  | { at: "idle"; notice?: SceneNotice }
  | { at: "question"; person: PersonView; inertMs: number }
  | { at: "warned"; person: PersonView }
  | {
      at: "consent";
      person: PersonView;
      hosts: readonly Host[];
      busy: boolean;
      notice?: SceneNotice;
      /** [P10] Who will be told, when the helper answers, that somebody new helps. */
      told?: string;
    }
  | { at: "ringing"; person: PersonView; leftMs: number }
  | {
      at: "unanswered";
      why: "away" | "declined" | "missed";
      person: PersonView;
      call: "none" | "left" | "failed";
      tabInFront: boolean;
    }
  | {
      at: "live";
      person: PersonView;
      hosts: readonly Host[];
      link: "opening" | "open" | "lost";
      sees: boolean;
      hold?: PauseReason;
      /** « Reprendre » is the way on. */
      needsGesture: boolean;
      /** « Reprendre » needs one of the consented pages in front. */
      needsPage: boolean;
      highlight?: { text: string; name?: string; state?: "shown" | "outside" | "lost" | "refused" };
    }
  /** `tabInFront`: the tab that was shown is the one in front, whatever its address is now. */
  | { at: "ended"; reason: EndReason; person: PersonView; tabInFront: boolean };

export type PanelView = {
  circle: readonly PersonView[];
  blocked: readonly BlockedView[];
  pairing: PairingView;
  scene: SceneView;
  /** The browser has no connection, or the server does not answer. */
  offline: boolean;
  /** [J5] `broken`: what the server gives is not what it was. `none`: nothing was read yet. */
  journal: "none" | "kept" | "broken";
  /** [E5] The server no longer takes this computer's key: it was declared lost. */
  retired?: true;
  settings: Settings;
  /** While a session is live. */
  talk?: TalkView;
};
/** Beside the views, for a panel that shows it: the microphone's input level, 0 to 1. */
export type PanelLevel = { level: number };
