import { Button } from "../../../shared/ui/button.tsx";
import { Notice, Text } from "../../../shared/ui/layout.tsx";
import type { SceneView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { Screen } from "../parts/screen.tsx";
import { useWords } from "../words/words.ts";

/** « On m'a appelé » */
export function WarnedScene({ scene }: { scene: Extract<SceneView, { at: "warned" }> }) {
  const { t } = useWords();
  const { send } = usePanel();
  const { name } = scene.person;
  return (
    <Screen title={t("warned.title")} said={t("warned.call", { name })}>
      <Notice kind="error" title={t("warned.call", { name })}>
        {t("warned.text")}
      </Notice>
      <Text>{t("warned.hour", { name })}</Text>
      <Button large wide onPress={() => send({ type: "panel.home" })}>
        {t("warned.done")}
      </Button>
    </Screen>
  );
}
