import { Button } from "../../../shared/ui/button.tsx";
import { Spinner, Stack, Text } from "../../../shared/ui/layout.tsx";
import type { PairingView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { Screen } from "../parts/screen.tsx";
import { useWords } from "../words/words.ts";

type Compare = Omit<Extract<PairingView, { step: "words" }>, "step">;

/** The two words that both must have: the only proof that a typed code has. */
export function WordsScreen({ name, words, confirmed }: Compare) {
  const { t } = useWords();
  const { send } = usePanel();
  const cancel = (
    <Button wide onPress={() => send({ type: "pairing.cancel" })}>
      {t("add.cancel")}
    </Button>
  );
  if (!words)
    return (
      <Screen title={t("add.wordsTitle")}>
        <Spinner>{t("add.wordsWait", { name })}</Spinner>
        {cancel}
      </Screen>
    );
  return (
    <Screen title={t("add.wordsTitle")} said={words.join(", ")}>
      <Text>{t("add.wordsIntro", { name })}</Text>
      <ol className="ep-words" lang="fr" aria-label={t("add.wordsLabel")}>
        <li>{words[0]}</li>
        <li>{words[1]}</li>
      </ol>
      {confirmed ? (
        <>
          <Spinner>{t("add.confirmed", { name })}</Spinner>
          {cancel}
        </>
      ) : (
        <Stack>
          <Button large wide onPress={() => send({ type: "pairing.same" })}>
            {t("add.same")}
          </Button>
          <Button large wide onPress={() => send({ type: "pairing.different" })}>
            {t("add.different")}
          </Button>
        </Stack>
      )}
    </Screen>
  );
}
