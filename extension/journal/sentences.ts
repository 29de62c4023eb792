import type { DeviceId } from "../../shared/ids.ts";
import {
  type JournalEntry,
  journalEntrySchema,
  type JournalType,
} from "../../shared/journal/entry.ts";
import type { JournalRow } from "../../shared/journal/row.ts";
import type { EndReason, PauseReason } from "../../shared/protocol/control.ts";
import type { Translate } from "../../shared/ui/i18n.ts";
import type { fr } from "../locales/fr.ts";

type Key = Parameters<Translate<typeof fr>>[0];
type Of<T extends JournalType> = Extract<JournalEntry, { type: T }>;

export type Telling = {
  t: Translate<typeof fr>;
  /** What the beneficiary calls the helper of this device, where they are still in the list. */
  nameOf: (device: DeviceId) => string | undefined;
  /** Day and time. */
  instant: (at: string) => string;
  /** « a, b et c ». */
  list: (items: readonly string[]) => string;
};

const PAUSED = {
  asked: "journal.paused.asked",
  "left-site": "journal.paused.leftSite",
  hidden: "journal.paused.hidden",
  "banner-removed": "journal.paused.bannerRemoved",
  "mask-failed": "journal.paused.maskFailed",
  break: "journal.paused.break",
} as const satisfies Record<PauseReason, Key>;

const ENDED = {
  stopped: "journal.ended.stopped",
  declined: "journal.ended.declined",
  missed: "journal.ended.missed",
  cancelled: "journal.ended.cancelled",
  revoked: "journal.ended.revoked",
  expired: "journal.ended.expired",
  left: "journal.ended.left",
  lost: "journal.ended.lost",
  refused: "journal.ended.refused",
  "pairing-ended": "journal.ended.pairingEnded",
  forged: "journal.ended.forged",
} as const satisfies Record<EndReason, Key>;

const PAIRING_ENDED = {
  you: "journal.pairingEndedByYou",
  them: "journal.pairingEndedByThem",
} as const;
const PAIRING_BLOCKED = {
  you: "journal.pairingBlockedByYou",
  them: "journal.pairingBlockedByThem",
} as const;

/** One sentence for each type: a type without one does not compile. */
const SENTENCES: { [T in JournalType]: (entry: Of<T>, telling: Telling) => string } = {
  "pairing.made": ({ refs, data }, telling) =>
    telling.t(data.origin === "link" ? "journal.pairingLink" : "journal.pairingCode", {
      name: name(refs.helper, telling),
    }),
  "pairing.ended": ({ refs, data, actorRole }, telling) => {
    const who = actorRole === "beneficiary" ? "you" : "them";
    const key = data.blocked ? PAIRING_BLOCKED[who] : PAIRING_ENDED[who];
    return telling.t(key, { name: name(refs.helper, telling) });
  },
  "pairing.paused": say("journal.pairingPaused"),
  "pairing.resumed": say("journal.pairingResumed"),
  "pairing.unblocked": say("journal.pairingUnblocked"),
  "trust.named": say("journal.trustNamed"),
  "trust.released": say("journal.trustReleased"),
  "trust.told": say("journal.trustTold"),
  "grant.given": ({ refs, data }, telling) =>
    telling.t("journal.grantGiven", {
      name: name(refs.helper, telling),
      hosts: telling.list(data.hosts),
      until: telling.instant(data.expiresAt),
    }),
  "receipt.issued": say("journal.receiptIssued"),
  "session.requested": say("journal.requested"),
  "session.answered": say("journal.answered"),
  "session.paused": ({ refs, data }, telling) =>
    telling.t(PAUSED[data.reason], { name: name(refs.helper, telling) }),
  "session.resumed": say("journal.resumed"),
  "session.ended": ({ refs, data }, telling) => {
    const how = telling.t(ENDED[data.reason], { name: name(refs.helper, telling) });
    return data.seconds === 0 ? how : `${how} ${lasted(data.seconds, telling)}`;
  },
  "voice.opened": say("journal.voiceOpened"),
  "page.entered": ({ data }, telling) => telling.t("journal.entered", { host: data.host }),
  "call.left": say("journal.callLeft"),
  "device.retired": (_, { t }) => t("journal.deviceRetired"),
  "journal.contested": ({ data }, telling) => telling.t("journal.contested", { row: data.row }),
};

/** In plain words. A row of a type that this build does not know is said to be one. */
export function tellRow(row: JournalRow, telling: Telling): string {
  const { type, actorRole, refs, data } = row;
  const entry = journalEntrySchema.safeParse({ type, actorRole, refs, data }).data;
  if (!entry) return telling.t("journal.unknown");
  return startUpper(tell(entry.type, entry, telling));
}

/** The type parameter ties the entry to the sentence of its own type. */
function tell<T extends JournalType>(type: T, entry: Of<T>, telling: Telling): string {
  const sentence: (typeof SENTENCES)[T] = SENTENCES[type];
  return sentence(entry, telling);
}

function say(key: Key) {
  return ({ refs }: { refs: { helper: DeviceId } }, telling: Telling): string =>
    telling.t(key, { name: name(refs.helper, telling) });
}

function name(helper: DeviceId, { nameOf, t }: Telling): string {
  return nameOf(helper) ?? t("journal.someone");
}

function lasted(seconds: number, { t }: Telling): string {
  const count = Math.floor(seconds / 60);
  return count === 0 ? t("journal.lastedLess") : t("journal.lasted", { count });
}

function startUpper(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
