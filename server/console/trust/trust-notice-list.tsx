import { Button } from "../../../shared/ui/button.tsx";
import { Notice, Row } from "../../../shared/ui/layout.tsx";
import { formatInstant } from "../locales/instants.ts";
import { useWords } from "../locales/words.ts";
import type { Person } from "../people/circle.ts";
import { useObservable } from "../store/observable.ts";
import type { TrustNotices } from "./trust-notices.ts";

const WORDS = {
  named: "trust.named",
  released: "trust.released",
  "first-session": "trust.firstSession",
} as const;

/** Newest first; each stays until it is read, in this visit or a later one. */
export function TrustNoticeList({
  notices,
  people,
}: {
  notices: TrustNotices;
  people: readonly Person[];
}) {
  const { t, language } = useWords();
  return useObservable(notices).map(({ notice, pairing, kind, at }) => {
    const person = people.find((known) => known.pairing === pairing);
    const label = person?.label ?? t("missed.someone");
    const when = formatInstant(at, language);
    const isWarning = kind === "first-session";
    return (
      <Notice
        key={notice}
        kind={isWarning ? "warn" : "info"}
        live="polite"
        {...(isWarning ? { title: t("trust.firstTitle", { label }) } : {})}
      >
        <p>{t(WORDS[kind], { label, when })}</p>
        <Row>
          <Button
            aria-label={t("trust.seenOf", { label, when })}
            onPress={() => void notices.markSeen(notice).catch(() => notices.refresh())}
          >
            {t("page.understood")}
          </Button>
        </Row>
      </Notice>
    );
  });
}
