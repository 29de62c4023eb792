import { useState } from "react";

import { MAX_GUIDE_TEXT } from "../../../shared/protocol/limits.ts";
import { guideTextSchema } from "../../../shared/protocol/peer.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import { useSessionWords } from "./words.ts";

/** [V3] The helper's own words on a highlight: one plain line. */
export function GuideText({
  text,
  onText,
  onSend,
}: {
  text: string;
  onText: (text: string) => void;
  /** Again on the element that is shown already. */
  onSend: (() => void) | undefined;
}) {
  const { t } = useSessionWords();
  const [touched, setTouched] = useState(false);
  const error = isGuideText(text)
    ? undefined
    : t(text.length > MAX_GUIDE_TEXT ? "text.tooLong" : "text.refused");
  return (
    <form
      className="ses-text"
      onSubmit={(event) => {
        event.preventDefault();
        setTouched(true);
        if (!error) onSend?.();
      }}
    >
      <TextField
        label={t("text.label")}
        placeholder={t("text.placeholder")}
        value={text}
        onChange={onText}
        onBlur={() => setTouched(true)}
        error={touched || text.length > MAX_GUIDE_TEXT ? error : undefined}
      />
      {onSend && (
        <Button
          type="submit"
          aria-label={t("text.sendLong")}
          isDisabled={error !== undefined || text.trim() === ""}
        >
          {t("text.send")}
        </Button>
      )}
    </form>
  );
}

export function isGuideText(text: string): boolean {
  return guideTextSchema.safeParse(text).success;
}
