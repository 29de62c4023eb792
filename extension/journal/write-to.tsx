import { useWords } from "../panel/words/words.ts";

/** [J7] Whom to write to, or whom to ask where the server names nobody. */
export function WriteTo({ contact }: { contact: string | null }) {
  const { t } = useWords();
  if (contact === null) return <p>{t("journal.writeNobody")}</p>;
  return (
    <p>
      {t("journal.write")} <a href={`mailto:${contact}`}>{contact}</a>
    </p>
  );
}
