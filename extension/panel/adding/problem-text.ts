import { useErrorText } from "../../../shared/ui/language-switch.tsx";
import type { PairingProblem } from "../../messaging/panel-port.ts";
import { hasOwn, PROBLEM_WORDS } from "../words/word-keys.ts";
import { useWords } from "../words/words.ts";

export function useProblemText(): (problem: PairingProblem) => string {
  const { t } = useWords();
  const errorText = useErrorText();
  return (problem) =>
    hasOwn(PROBLEM_WORDS, problem) ? t(PROBLEM_WORDS[problem]) : errorText(problem);
}
