import type { ErrorCode } from "../../../shared/errors.ts";
import type { EndReason, PauseReason } from "../../../shared/protocol/control.ts";
import type { Translate } from "../../../shared/ui/i18n.ts";
import type { fr } from "../../locales/fr.ts";
import type { PairingProblem, SceneNotice } from "../../messaging/panel-port.ts";

type Key = Parameters<Translate<typeof fr>>[0];

export const END_WORDS = {
  stopped: "ended.reason.stopped",
  declined: "ended.reason.declined",
  missed: "ended.reason.missed",
  cancelled: "ended.reason.cancelled",
  revoked: "ended.reason.revoked",
  expired: "ended.reason.expired",
  left: "ended.reason.left",
  lost: "ended.reason.lost",
  refused: "ended.reason.refused",
  "pairing-ended": "ended.reason.pairingEnded",
  forged: "ended.reason.forged",
} as const satisfies Record<EndReason, Key>;

export const HOLD_WORDS = {
  asked: "live.hold.asked",
  "left-site": "live.hold.leftSite",
  hidden: "live.hold.hidden",
  "banner-removed": "live.hold.bannerRemoved",
  "mask-failed": "live.hold.maskFailed",
  break: "live.hold.break",
} as const satisfies Record<PauseReason, Key>;

/** The codes that mean something of their own here; the others have their words in `shared/ui`. */
export const PROBLEM_WORDS = {
  unreadable: "problem.unreadable",
  "half-link": "problem.halfLink",
  "other-server": "problem.otherServer",
  different: "problem.different",
  "broken-off": "problem.brokenOff",
  blocked: "problem.blocked",
  NOT_FOUND: "problem.notFound",
  KEY_CHANGED: "problem.keyChanged",
  TOO_MANY: "problem.tooMany",
  AWAY: "problem.away",
} as const satisfies Partial<Record<PairingProblem, Key>> &
  Record<Exclude<PairingProblem, ErrorCode>, Key>;

export const NOTICE_WORDS = {
  "page-changed": "notice.pageChanged",
  "page-elsewhere": "notice.pageElsewhere",
  "permission-refused": "notice.permissionRefused",
  "person-removed": "notice.personRemoved",
  "refused-person": "notice.refusedPerson",
  "paused-person": "notice.pausedPerson",
} as const satisfies Record<Exclude<SceneNotice, ErrorCode>, Key>;

export function hasOwn<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}
