import { type FormEvent, useState } from "react";

import type { ErrorCode } from "../../../shared/errors.ts";
import { personNameSchema } from "../../../shared/protocol/control.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { useErrorText } from "../../../shared/ui/language-switch.tsx";
import { Card, Heading, Notice, Row, Stack } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import { useWords } from "../locales/words.ts";
import { codeOfError } from "../store/server-api.ts";

/** The helper's own name, asked once of whoever came by a mailed link. */
export function NamingScreen({ onName }: { onName: (name: string) => Promise<void> }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [name, setName] = useState("");
  const [isMissing, setMissing] = useState(false);
  const [failed, setFailed] = useState<ErrorCode>();
  const [isSaving, setSaving] = useState(false);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const parsed = personNameSchema.safeParse(name);
    setMissing(!parsed.success);
    if (!parsed.success) return;
    setSaving(true);
    try {
      await onName(parsed.data);
    } catch (error) {
      setFailed(codeOfError(error));
      setSaving(false);
    }
  }

  return (
    <Card>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack>
          <Heading level={1} focus>
            {t("naming.title")}
          </Heading>
          <TextField
            label={t("signIn.create.name")}
            description={t("signIn.create.nameHelp")}
            error={isMissing ? t("signIn.create.nameMissing") : undefined}
            autoComplete="name"
            maxLength={60}
            value={name}
            onChange={setName}
          />
          {failed && (
            <Notice kind="error" live="assertive">
              {errorText(failed)}
            </Notice>
          )}
          <Row>
            <Button variant="primary" type="submit" isPending={isSaving}>
              {t("naming.save")}
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}
