import { Button } from "../../../shared/ui/button.tsx";
import { Notice } from "../../../shared/ui/layout.tsx";
import { usePanel } from "../panel-context.ts";
import { Screen } from "../parts/screen.tsx";
import { MicrophoneOffer } from "../talk/microphone-offer.tsx";
import { useWords } from "../words/words.ts";

export function MadeScreen({ name }: { name: string }) {
  const { t } = useWords();
  const { send } = usePanel();
  return (
    <Screen title={t("add.madeTitle", { name })} said={t("add.made")}>
      <Notice kind="success">{t("add.made")}</Notice>
      <Button variant="primary" large wide onPress={() => send({ type: "panel.home" })}>
        {t("add.done")}
      </Button>
      <MicrophoneOffer />
    </Screen>
  );
}
