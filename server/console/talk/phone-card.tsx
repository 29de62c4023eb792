import { Icon } from "../../../shared/ui/icons.tsx";
import { useObservable } from "../store/observable.ts";
import { useTalkWords } from "./talk-words.ts";
import type { Talk } from "./talk.ts";
import { needsPhone } from "./voice-words.ts";

/** [A9] « Appelez-la » where the voice can't do, and the number wherever it was given. */
export function PhoneCard({ talk, label }: { talk: Talk; label: string }) {
  const { t } = useTalkWords();
  const state = useObservable(talk.state);
  const { number } = state;
  const isShown = number !== undefined || needsPhone(state);
  return (
    // Always there: what appears in it is said aloud.
    <div role="status" aria-label={t("phone.title")} className="talk-phone">
      {isShown && (
        <div className="talk-phone-card">
          <Icon name="phone" />
          <p>{t(number === undefined ? "phone.none" : "phone.given", { label })}</p>
          {number !== undefined && <PhoneLink number={number} />}
        </div>
      )}
    </div>
  );
}

function PhoneLink({ number }: { number: string }) {
  const { t } = useTalkWords();
  return (
    <a className="talk-number" href={`tel:${number.replaceAll(/[^\d+]/g, "")}`}>
      {t("phone.call", { number })}
    </a>
  );
}
