import { useErrorText } from "../../../shared/ui/language-switch.tsx";
import { Notice } from "../../../shared/ui/layout.tsx";
import type { SceneNotice } from "../../messaging/panel-port.ts";
import { hasOwn, NOTICE_WORDS } from "../words/word-keys.ts";
import { useWords } from "../words/words.ts";

/** Why the scene is not the one that the person asked for. */
export function SceneNoticeBox({ notice }: { notice: SceneNotice | undefined }) {
  const { t } = useWords();
  const errorText = useErrorText();
  if (notice === undefined) return null;
  return (
    <Notice kind={notice === "person-removed" ? "success" : "warn"} live="polite">
      {hasOwn(NOTICE_WORDS, notice) ? t(NOTICE_WORDS[notice]) : errorText(notice)}
    </Notice>
  );
}
