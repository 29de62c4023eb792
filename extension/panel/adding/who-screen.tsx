import { useRef, useState } from "react";

import { personNameSchema } from "../../../shared/protocol/control.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Notice, Spinner, Stack } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import type { PairingView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { Screen } from "../parts/screen.tsx";
import { useWords } from "../words/words.ts";
import { useProblemText } from "./problem-text.ts";

type Who = Omit<Extract<PairingView, { step: "who" }>, "step">;
const MAX_NAME = 60;

/** Who made the invitation, as they wrote it; then the name that only the beneficiary sees. */
export function WhoScreen({ card, busy, problem }: Who) {
  const { t } = useWords();
  const { send } = usePanel();
  const problemText = useProblemText();
  const [name, setName] = useState("");
  const [error, setError] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  return (
    <Screen title={t("add.whoTitle")} said={card.name}>
      <div className="ep-card ep-who">
        <p className="ep-who-name">{card.name}</p>
        <p>{t(`person.roles.${card.role}`)}</p>
        <p className="ep-tag">{t(`person.checks.${card.check}`)}</p>
      </div>
      <Notice kind="warn">{t("add.whoWarn")}</Notice>
      {problem !== undefined && !busy && (
        <Notice kind="error" live="assertive">
          {problemText(problem)}
        </Notice>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const parsed = personNameSchema.safeParse(name);
          if (!parsed.success) {
            setError(t(name.trim() === "" ? "add.nameEmpty" : "add.nameLong"));
            field.current?.focus();
          } else if (!busy) send({ type: "pairing.name", name: parsed.data });
        }}
      >
        <Stack>
          <TextField
            label={t("add.nameField")}
            description={t("add.nameHelp")}
            error={error}
            inputRef={field}
            value={name}
            onChange={(typed) => {
              setError(undefined);
              setName(typed);
            }}
            isReadOnly={busy}
            autoComplete="off"
            maxLength={MAX_NAME}
          />
          {busy ? (
            <Spinner>{t("add.saving")}</Spinner>
          ) : (
            <>
              <Button type="submit" variant="primary" large wide>
                {t("add.accept")}
              </Button>
              <Button large wide onPress={() => send({ type: "pairing.cancel" })}>
                {t("add.refuse")}
              </Button>
            </>
          )}
        </Stack>
      </form>
    </Screen>
  );
}
