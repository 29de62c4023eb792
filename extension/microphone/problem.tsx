import { Heading, Stack, Text } from "../../shared/ui/layout.tsx";
import { useWords } from "../panel/words/words.ts";
import type { MicrophoneProblem } from "./ask-microphone.ts";

/** What went wrong, and what the person can do about it. */
export function Problem({
  problem,
  browser,
}: {
  problem: MicrophoneProblem;
  browser: "chrome" | "firefox";
}) {
  const { t } = useWords();
  return (
    <Stack>
      <Heading level={1} focus>
        {t(`talk.page.problem.${problem}Title`)}
      </Heading>
      <Text kind="lead">{t(`talk.page.problem.${problem}`)}</Text>
      {problem === "refused" && (
        <>
          <ol className="ep-steps">
            <li>{t(`talk.page.problem.steps.${browser}1`)}</li>
            <li>{t(`talk.page.problem.steps.${browser}2`)}</li>
            <li>{t("talk.page.problem.steps.last")}</li>
          </ol>
          <Text kind="small">{t("talk.page.problem.managed")}</Text>
        </>
      )}
    </Stack>
  );
}
