import { useRef, useState } from "react";

import { MAX_HOSTS } from "../../../shared/protocol/limits.ts";
import type { Host } from "../../../shared/sites.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Stack, Text } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import { usePanel } from "../panel-context.ts";
import { Disclosure } from "../parts/disclosure.tsx";
import { useWords } from "../words/words.ts";
import { hostOfText } from "./host-of-text.ts";

/** One more address for this agreement, before it is given. */
export function OtherHost({ hosts }: { hosts: readonly Host[] }) {
  const { t } = useWords();
  const { send } = usePanel();
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();

  const field = useRef<HTMLInputElement>(null);

  function add(): void {
    const host = hostOfText(text);
    if (!host || hosts.includes(host)) {
      field.current?.focus();
      return setError(t(host ? "consent.otherThere" : "consent.otherBad"));
    }
    send({ type: "help.host", host });
    setText("");
  }

  return (
    <Disclosure title={t("consent.otherOpen")}>
      {hosts.length < MAX_HOSTS ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <Stack>
            <Text kind="small">{t("consent.otherText")}</Text>
            <TextField
              label={t("consent.otherField")}
              description={t("consent.otherHelp")}
              error={error}
              inputRef={field}
              value={text}
              onChange={(typed) => {
                setError(undefined);
                setText(typed);
              }}
              autoComplete="off"
              autoCorrect="off"
              spellCheck="false"
              inputMode="url"
              maxLength={2000}
            />
            <Button type="submit" wide>
              {t("consent.otherAdd")}
            </Button>
          </Stack>
        </form>
      ) : (
        <Text kind="small">{t("consent.otherFull")}</Text>
      )}
    </Disclosure>
  );
}
