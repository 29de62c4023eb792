import { Button } from "../../../shared/ui/button.tsx";
import { Notice, Stack, Text } from "../../../shared/ui/layout.tsx";
import type { PersonView, SceneView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { AskButton } from "../parts/ask-button.tsx";
import { ReceiptButton } from "../parts/receipt-button.tsx";
import { Screen } from "../parts/screen.tsx";
import { END_WORDS } from "../words/word-keys.ts";
import { useWords } from "../words/words.ts";

/** `circle`: asking again makes sense only with someone who is still in it. */
export function EndedScene({
  scene,
  circle,
}: {
  scene: Extract<SceneView, { at: "ended" }>;
  circle: readonly PersonView[];
}) {
  const { t } = useWords();
  const { send } = usePanel();
  const { person, reason } = scene;
  const { name, pairing } = person;
  const words = t(END_WORDS[reason], { name });
  const still = circle.some((one) => one.pairing === pairing && !one.ended && !one.paused);
  return (
    <Screen title={t("ended.title")} said={words}>
      {reason === "forged" ? (
        <Notice kind="error">{words}</Notice>
      ) : (
        <Text kind="lead">{words}</Text>
      )}
      <Text>{t("ended.seesNothing", { name })}</Text>
      <Stack>
        {still && (
          <AskButton known={scene.tabInFront} onPress={() => send({ type: "help.again" })}>
            {t("ended.again")}
          </AskButton>
        )}
        <Button wide onPress={() => send({ type: "panel.home" })}>
          {t("back")}
        </Button>
      </Stack>
      <ReceiptButton />
    </Screen>
  );
}
