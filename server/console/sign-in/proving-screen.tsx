import { Button } from "../../../shared/ui/button.tsx";
import { Card, Heading, Row, Stack, Text } from "../../../shared/ui/layout.tsx";
import { useWords } from "../locales/words.ts";

/** Behind the link in a mail that proves an address: whose mail box it is says whether they asked for it. */
export function ProvingScreen({ onAnswer }: { onAnswer: (isMine: boolean) => void }) {
  const { t } = useWords();
  return (
    <Card>
      <Stack>
        <Heading level={1} focus>
          {t("proving.title")}
        </Heading>
        <Text>{t("proving.text")}</Text>
        <Row>
          <Button variant="primary" onPress={() => onAnswer(true)}>
            {t("proving.yes")}
          </Button>
          <Button onPress={() => onAnswer(false)}>{t("proving.no")}</Button>
        </Row>
      </Stack>
    </Card>
  );
}
