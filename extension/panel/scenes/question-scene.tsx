import { useId } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Notice, Stack, Text } from "../../../shared/ui/layout.tsx";
import type { SceneView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { InertButton } from "../parts/inert-button.tsx";
import { Screen } from "../parts/screen.tsx";
import { useCountdown } from "../parts/use-countdown.ts";
import { useWords } from "../words/words.ts";

const ANSWERS = [
  ["together", "question.together"],
  ["i-called", "question.iCalled"],
  ["was-called", "question.wasCalled"],
] as const;

/** [P5] Three answers of the same weight, none by default, none before there was time to read. */
export function QuestionScene({ scene }: { scene: Extract<SceneView, { at: "question" }> }) {
  const { t } = useWords();
  const { send } = usePanel();
  const left = useCountdown(scene.inertMs);
  const why = useId();
  const inert = left > 0;
  return (
    <Screen
      title={t("question.title", { name: scene.person.name })}
      said={t(inert ? "question.inert" : "question.ready")}
    >
      <Text>{t("question.text")}</Text>
      <Notice kind="warn">{t("question.beware")}</Notice>
      <div className="ep-wait">
        <p id={why}>{t(inert ? "question.inert" : "question.ready")}</p>
        {inert && (
          <p className="ep-count" aria-hidden="true">
            {t("question.left", { count: left })}
          </p>
        )}
      </div>
      <Stack>
        {ANSWERS.map(([answer, words]) => (
          <InertButton
            key={answer}
            inert={inert}
            why={why}
            onPress={() => send({ type: "help.answer", answer })}
          >
            {t(words)}
          </InertButton>
        ))}
        <Button variant="quiet" wide onPress={() => send({ type: "panel.home" })}>
          {t("question.cancel")}
        </Button>
      </Stack>
    </Screen>
  );
}
