import { Button } from "../../../shared/ui/button.tsx";
import { Notice, Stack, Text } from "../../../shared/ui/layout.tsx";
import type { SceneView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { AskButton } from "../parts/ask-button.tsx";
import { Screen } from "../parts/screen.tsx";
import { useCountdown } from "../parts/use-countdown.ts";
import { useWords } from "../words/words.ts";

export function RingingScene({ scene }: { scene: Extract<SceneView, { at: "ringing" }> }) {
  const { t } = useWords();
  const { send } = usePanel();
  const left = useCountdown(scene.leftMs);
  const { name } = scene.person;
  return (
    <Screen title={t("ringing.title", { name })} said={t("ringing.text", { name })}>
      <div className="ep-ringing" aria-hidden="true">
        <span />
        <span />
        <span />
      </div>
      <Text kind="lead">{t("ringing.text", { name })}</Text>
      <p className="ep-count" aria-hidden="true">
        {t("ringing.left", { count: left })}
      </p>
      <Button large wide onPress={() => send({ type: "ring.cancel" })}>
        {t("ringing.cancel")}
      </Button>
    </Screen>
  );
}

export function UnansweredScene({ scene }: { scene: Extract<SceneView, { at: "unanswered" }> }) {
  const { t } = useWords();
  const { send } = usePanel();
  const { why, call, person } = scene;
  const { name } = person;
  return (
    <Screen
      title={t(`unanswered.${why}.title`, { name })}
      said={t(`unanswered.${why}.text`, { name })}
    >
      {call !== "left" && <Text>{t(`unanswered.${why}.text`, { name })}</Text>}
      {call === "left" && (
        <Notice kind="success" live="polite">
          {t("unanswered.left", { name })}
        </Notice>
      )}
      {call === "failed" && (
        <Notice kind="error" live="assertive">
          {t("unanswered.failed")}
        </Notice>
      )}
      <Stack>
        {why === "away" && call !== "left" && (
          <Button
            variant="primary"
            icon="bell"
            large
            wide
            onPress={() => send({ type: "call.leave" })}
          >
            {t("unanswered.leave")}
          </Button>
        )}
        <AskButton
          variant={why === "away" ? "secondary" : "primary"}
          known={scene.tabInFront}
          onPress={() => send({ type: "help.again" })}
        >
          {t("retry")}
        </AskButton>
        <Button wide onPress={() => send({ type: "panel.home" })}>
          {t("back")}
        </Button>
      </Stack>
    </Screen>
  );
}
