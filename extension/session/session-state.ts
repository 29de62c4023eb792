import { assertNever, type ErrorCode } from "../../shared/errors.ts";
import type { PairingId, SessionId } from "../../shared/ids.ts";
import type { EndReason, PauseReason } from "../../shared/protocol/control.ts";
import { BREAK_MS, INERT_MS, LONG_BREAK_MS, MAX_HOSTS } from "../../shared/protocol/limits.ts";
import type { Host } from "../../shared/sites.ts";

/** A tab that no longer means anything: the browser was started again. */
export const NO_TAB = -1;

/** What the person is about to show, and to whom: fixed when the screen opens. */
export type Plan = {
  pairing: PairingId;
  window: number;
  tab: number;
  hosts: readonly Host[];
  /** Asked again where the browser no longer tells the tab's address: it is checked before anything is sent. */
  unseen?: true;
};

type FirstAnswer = "together" | "i-called" | "was-called";
type Notice =
  | ErrorCode
  | "page-changed"
  | "page-elsewhere"
  | "permission-refused"
  | "person-removed"
  | "refused-person"
  | "paused-person";

/** « Laisser un appel »: the helper will see that somebody called. */
type CallLeft = "none" | "left" | "failed";

export type Scene =
  | { at: "idle"; notice?: Notice }
  /** [P5] `since`: monotonic. */
  | { at: "question"; plan: Plan; since: number }
  | { at: "warned"; pairing: PairingId }
  | { at: "consent"; plan: Plan; busy: boolean; notice?: Notice }
  | { at: "ringing"; plan: Plan; session: SessionId; since: number }
  | {
      at: "unanswered";
      why: "away" | "declined" | "missed";
      plan: Plan;
      call: CallLeft;
    }
  | {
      at: "live";
      plan: Plan;
      session: SessionId;
      link: "opening" | "open" | "lost";
      /** Wall clock, while the link is not open ([S4]). */
      brokeAt?: number;
      holds: readonly PauseReason[];
    }
  | { at: "ended"; reason: EndReason; plan: Plan };
export type LiveScene = Extract<Scene, { at: "live" }>;

export type SceneEvent =
  | { type: "opened"; plan: Plan; first: boolean; now: number }
  | { type: "answered"; answer: FirstAnswer; now: number }
  | { type: "host-added"; host: Host }
  | { type: "page-changed" }
  | { type: "accepted" }
  | { type: "permission-refused" }
  | { type: "failed"; code: ErrorCode }
  | { type: "requested"; session: SessionId; now: number }
  | { type: "call-left"; call: CallLeft }
  | { type: "picked-up"; session: SessionId; wall: number }
  | { type: "restored"; plan: Plan; session: SessionId; holds: PauseReason[]; brokeAt: number }
  | { type: "rebound"; tab: number }
  | { type: "link-open"; wall: number }
  | { type: "link-lost"; wall: number }
  | { type: "held"; reason: PauseReason }
  | { type: "released"; reason: "left-site" | "hidden" }
  | { type: "resumed" }
  | { type: "tick"; wall: number }
  | { type: "over"; session: SessionId; reason: EndReason }
  | { type: "closed"; notice?: Notice };

/** What goes away by itself; everything else waits for a gesture. */
const PASSING: ReadonlySet<PauseReason> = new Set(["left-site", "hidden"]);

/** Page, key and server are `gate` and `link`; this is the beneficiary's side of it ([M1]). */
export function mirrorRuns(scene: Scene): boolean {
  return scene.at === "live" && scene.link === "open" && scene.holds.length === 0;
}

/** Of all that holds the mirror, the one to tell: what waits for a gesture, then what can be done about it. */
export function toldHold(scene: LiveScene): PauseReason | undefined {
  const { holds } = scene;
  return (
    holds.find((hold) => !PASSING.has(hold)) ??
    holds.find((hold) => hold === "left-site") ??
    holds[0]
  );
}

export function needsGesture(scene: LiveScene): boolean {
  return scene.holds.some((hold) => !PASSING.has(hold));
}

/** Pure. An event that has no meaning in a scene changes nothing. */
export function reduceScene(scene: Scene, event: SceneEvent): Scene {
  switch (event.type) {
    case "opened":
      if (scene.at === "ringing" || scene.at === "live") return scene;
      return event.first
        ? { at: "question", plan: event.plan, since: event.now }
        : { at: "consent", plan: event.plan, busy: false };
    case "answered":
      if (scene.at !== "question" || event.now - scene.since < INERT_MS) return scene;
      return event.answer === "was-called"
        ? { at: "warned", pairing: scene.plan.pairing }
        : { at: "consent", plan: scene.plan, busy: false };
    case "host-added":
      return scene.at === "consent" && !scene.busy ? withHost(scene, event.host) : scene;
    case "page-changed":
      return scene.at === "consent" || scene.at === "question"
        ? { at: "idle", notice: scene.plan.unseen ? "page-elsewhere" : "page-changed" }
        : scene;
    case "accepted":
      return scene.at === "consent" ? { at: "consent", plan: scene.plan, busy: true } : scene;
    case "permission-refused":
      return scene.at === "consent"
        ? { at: "consent", plan: scene.plan, busy: false, notice: "permission-refused" }
        : scene;
    case "failed":
      return reduceFailure(scene, event.code);
    case "requested":
      return scene.at === "consent" && scene.busy
        ? { at: "ringing", plan: scene.plan, session: event.session, since: event.now }
        : scene;
    case "call-left":
      return scene.at === "unanswered" ? { ...scene, call: event.call } : scene;
    case "picked-up":
      return scene.at === "ringing" && scene.session === event.session
        ? { ...live(scene.plan, scene.session, []), brokeAt: event.wall }
        : scene;
    case "restored":
      return scene.at === "idle"
        ? { ...live(event.plan, event.session, event.holds), link: "lost", brokeAt: event.brokeAt }
        : scene;
    case "over":
      return reduceOver(scene, event.session, event.reason);
    case "closed":
      if (scene.at === "ringing" || scene.at === "live") return scene;
      return event.notice ? { at: "idle", notice: event.notice } : { at: "idle" };
    case "rebound":
    case "link-open":
    case "link-lost":
    case "held":
    case "released":
    case "resumed":
    case "tick":
      return scene.at === "live" ? reduceLive(scene, event) : scene;
    default:
      return assertNever(event);
  }
}

type LiveEvent = Extract<
  SceneEvent,
  { type: "rebound" | "link-open" | "link-lost" | "held" | "released" | "resumed" | "tick" }
>;

function reduceLive(scene: LiveScene, event: LiveEvent): Scene {
  switch (event.type) {
    case "rebound":
      return { ...scene, plan: { ...scene.plan, tab: event.tab } };
    case "link-open": {
      const { brokeAt, ...rest } = scene;
      const long = brokeAt !== undefined && event.wall - brokeAt > BREAK_MS;
      return { ...rest, link: "open", holds: long ? withHold(scene.holds, "break") : scene.holds };
    }
    case "link-lost":
      return scene.link === "open" ? { ...scene, link: "lost", brokeAt: event.wall } : scene;
    case "held":
      return { ...scene, holds: withHold(scene.holds, event.reason) };
    case "released":
      return { ...scene, holds: scene.holds.filter((hold) => hold !== event.reason) };
    case "resumed":
      return { ...scene, holds: scene.holds.filter((hold) => PASSING.has(hold)) };
    case "tick":
      return scene.brokeAt !== undefined && event.wall - scene.brokeAt > LONG_BREAK_MS
        ? { at: "ended", reason: "lost", plan: scene.plan }
        : scene;
    default:
      return assertNever(event);
  }
}

function reduceFailure(scene: Scene, code: ErrorCode): Scene {
  if (scene.at !== "consent") return scene;
  return code === "AWAY"
    ? { at: "unanswered", why: "away", plan: scene.plan, call: "none" }
    : { at: "consent", plan: scene.plan, busy: false, notice: code };
}

function reduceOver(scene: Scene, session: SessionId, reason: EndReason): Scene {
  if ((scene.at !== "ringing" && scene.at !== "live") || scene.session !== session) return scene;
  const { plan } = scene;
  if (scene.at === "ringing" && (reason === "declined" || reason === "missed"))
    return { at: "unanswered", why: reason, plan, call: "none" };
  return scene.at === "ringing" && reason === "cancelled"
    ? { at: "idle" }
    : { at: "ended", reason, plan };
}

function live(plan: Plan, session: SessionId, holds: readonly PauseReason[]): LiveScene {
  return { at: "live", plan, session, link: "opening", holds };
}

function withHold(holds: readonly PauseReason[], hold: PauseReason): readonly PauseReason[] {
  return holds.includes(hold) ? holds : [...holds, hold];
}

function withHost(scene: Extract<Scene, { at: "consent" }>, host: Host): Scene {
  const { hosts } = scene.plan;
  if (hosts.includes(host) || hosts.length >= MAX_HOSTS) return scene;
  return { at: "consent", plan: { ...scene.plan, hosts: [...hosts, host] }, busy: false };
}
