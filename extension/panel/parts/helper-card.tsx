import type { HelperCard } from "../../../shared/protocol/control.ts";
import { useWords } from "../words/words.ts";
import { Disclosure } from "./disclosure.tsx";

/** What the helper says about themselves, and that nobody checked it. */
export function HelperDetails({ card }: { card: HelperCard }) {
  const { t } = useWords();
  return (
    <dl className="ep-details">
      <div>
        <dt>{t("person.ownName")}</dt>
        <dd>{card.name}</dd>
      </div>
      <div>
        <dt>{t("person.role")}</dt>
        <dd>{t(`person.roles.${card.role}`)}</dd>
      </div>
      <div>
        <dt>{t("person.check")}</dt>
        <dd>
          <strong>{t(`person.checks.${card.check}`)}</strong>
          <br />
          {t("person.unverified")}
        </dd>
      </div>
    </dl>
  );
}

export function WhoIsThis({ name, card }: { name: string; card: HelperCard }) {
  const { t } = useWords();
  return (
    <Disclosure title={t("person.who")} label={t("person.whoOf", { name })}>
      <HelperDetails card={card} />
    </Disclosure>
  );
}
