import { useEffect, useRef, useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Notice, Spinner, Stack, Text } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import type { PairingView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { Screen } from "../parts/screen.tsx";
import { useWords } from "../words/words.ts";
import { formatInvitation } from "./code-format.ts";
import { useProblemText } from "./problem-text.ts";

type Enter = Omit<Extract<PairingView, { step: "enter" }>, "step">;

/** One field for the link and for the code. */
export function EnterScreen({ busy, problem, onCancel }: Enter & { onCancel: () => void }) {
  const { t } = useWords();
  const { send } = usePanel();
  const problemText = useProblemText();
  const [text, setText] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (problem !== undefined && !busy) field.current?.focus();
  }, [problem, busy]);
  return (
    <Screen title={t("add.title")}>
      <Text>{t("add.intro")}</Text>
      {problem !== undefined && !busy && (
        <Notice kind="error" live="assertive">
          {problemText(problem)}
        </Notice>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() === "") {
            setEmpty(true);
            field.current?.focus();
          } else if (!busy) send({ type: "invitation.read", text: text.trim() });
        }}
      >
        <Stack>
          <TextField
            label={t("add.field")}
            description={t("add.help")}
            error={isEmpty ? t("add.empty") : undefined}
            inputRef={field}
            value={text}
            onChange={(typed) => {
              setEmpty(false);
              setText((before) => formatInvitation(before, typed));
            }}
            isReadOnly={busy}
            autoComplete="off"
            autoCorrect="off"
            spellCheck="false"
            maxLength={4000}
          />
          {busy ? (
            <Spinner>{t("add.reading")}</Spinner>
          ) : (
            <Button type="submit" variant="primary" large wide>
              {t("add.submit")}
            </Button>
          )}
          <Button wide onPress={onCancel}>
            {t("add.cancel")}
          </Button>
        </Stack>
      </form>
    </Screen>
  );
}
