import { Button } from "../../../shared/ui/button.tsx";
import { Card, Heading, Notice, Stack, Text } from "../../../shared/ui/layout.tsx";
import { usePanel } from "../panel-context.ts";
import { useWords } from "../words/words.ts";

/** The way to the journal; and the word that it is not what it was ([J5]). */
export function JournalCard() {
  const { t } = useWords();
  const { journal, openJournal } = usePanel();
  return (
    <Card label={t("journal.card.title")}>
      <Stack>
        <Heading level={2}>{t("journal.card.title")}</Heading>
        {journal === "broken" ? (
          <Notice kind="error" live="polite">
            {t("journal.card.broken")}
          </Notice>
        ) : (
          <Text kind="small">{t("journal.card.text")}</Text>
        )}
        <Button wide onPress={openJournal}>
          {t("journal.card.open")}
        </Button>
      </Stack>
    </Card>
  );
}
