import { useEffect, useState } from "react";

import { Button } from "../../shared/ui/button.tsx";
import { LanguageSwitch } from "../../shared/ui/language-switch.tsx";
import { Heading, Notice, Page, Stack, Text } from "../../shared/ui/layout.tsx";
import { LevelBar } from "../panel/talk/level-bar.tsx";
import { useWords } from "../panel/words/words.ts";
import { askMicrophone, type MicrophoneProblem, stopStream } from "./ask-microphone.ts";
import { Problem } from "./problem.tsx";
import { useLevel } from "./use-level.ts";

type Step =
  | { is: "explain" }
  | { is: "asking" }
  | { is: "ready"; stream: MediaStream }
  | { is: "problem"; problem: MicrophoneProblem };

/** In a tab of its own, because a browser asks for the microphone nowhere else ([A6]). */
export function MicrophonePage({
  browser,
  allowed,
  close,
}: {
  browser: "chrome" | "firefox";
  /** The person said yes: a live session may use it now. */
  allowed: () => void;
  close: () => void;
}) {
  const { t } = useWords();
  const [step, setStep] = useState<Step>({ is: "explain" });
  const stream = step.is === "ready" ? step.stream : undefined;

  useEffect(() => {
    document.title = `${t("talk.page.title")} – Epaule`;
  }, [t]);

  useEffect(() => {
    if (!stream) return undefined;
    // Left behind: neither the page nor the microphone stays.
    const leave = (): void => {
      if (document.hidden) close();
    };
    document.addEventListener("visibilitychange", leave);
    return () => {
      document.removeEventListener("visibilitychange", leave);
      stopStream(stream);
    };
  }, [stream, close]);

  function ask(): void {
    setStep({ is: "asking" });
    void askMicrophone().then((asked) => {
      if ("problem" in asked) return setStep({ is: "problem", problem: asked.problem });
      setStep({ is: "ready", stream: asked.stream });
      return allowed();
    });
  }

  return (
    <Page footer={<LanguageSwitch />}>
      {step.is === "ready" ? (
        <Ready stream={step.stream} close={close} />
      ) : (
        <Stack gap="l">
          {step.is === "problem" ? (
            <Problem key={step.problem} problem={step.problem} browser={browser} />
          ) : (
            <Explain />
          )}
          <Stack>
            {step.is === "asking" ? (
              <Notice kind="info" live="assertive">
                {`${t("talk.page.asking")} ${t(`talk.page.answer.${browser}`)}`}
              </Notice>
            ) : (
              step.is === "explain" && (
                <Text>{`${t("talk.page.next")} ${t(`talk.page.answer.${browser}`)}`}</Text>
              )
            )}
            <Button
              variant="primary"
              icon="voice"
              large
              wide
              isPending={step.is === "asking"}
              onPress={ask}
            >
              {t(step.is === "problem" ? "talk.page.again" : "talk.page.ask")}
            </Button>
            <Button wide onPress={close}>
              {t("talk.page.without")}
            </Button>
            <Text kind="small">{t("talk.page.withoutText")}</Text>
          </Stack>
        </Stack>
      )}
    </Page>
  );
}

function Explain() {
  const { t } = useWords();
  return (
    <Stack>
      <Heading level={1} focus>
        {t("talk.page.title")}
      </Heading>
      <Text kind="lead">{t("talk.page.why")}</Text>
      <Text>{t("talk.page.when")}</Text>
    </Stack>
  );
}

function Ready({ stream, close }: { stream: MediaStream; close: () => void }) {
  const { t } = useWords();
  const { level, heard } = useLevel(stream);
  return (
    <Stack gap="l">
      <Stack>
        <Heading level={1} focus>
          {t("talk.page.readyTitle")}
        </Heading>
        <Text kind="lead">{t("talk.page.ready")}</Text>
        <LevelBar label={t("talk.page.level")} level={level} />
        <div role="status">
          {heard ? (
            <Notice kind="success">{t("talk.page.heard")}</Notice>
          ) : (
            <Text kind="small">{t("talk.page.quiet")}</Text>
          )}
        </div>
      </Stack>
      <Button variant="primary" large wide onPress={close}>
        {t("talk.page.done")}
      </Button>
    </Stack>
  );
}
