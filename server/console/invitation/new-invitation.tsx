import { type FormEvent, useState } from "react";

import type { ErrorCode } from "../../../shared/errors.ts";
import type { InvitationId } from "../../../shared/ids.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { useErrorText } from "../../../shared/ui/language-switch.tsx";
import { Card, Heading, Notice, Row, Stack, Text } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import { useWords } from "../locales/words.ts";
import { labelSchema } from "../store/pins.ts";
import { codeOfError } from "../store/server-api.ts";
import type { Invitations } from "./invitations.ts";

export function NewInvitation({
  invitations,
  onMade,
  onBack,
}: {
  invitations: Invitations;
  onMade: (invitation: InvitationId) => void;
  onBack: () => void;
}) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [label, setLabel] = useState("");
  const [isMissing, setMissing] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failed, setFailed] = useState<ErrorCode>();

  async function create(event: FormEvent): Promise<void> {
    event.preventDefault();
    const parsed = labelSchema.safeParse(label);
    setMissing(!parsed.success);
    if (!parsed.success) return;
    setFailed(undefined);
    setPending(true);
    try {
      onMade(await invitations.create(parsed.data));
    } catch (error) {
      setFailed(codeOfError(error));
      setPending(false);
    }
  }

  return (
    <Stack>
      <div className="con-back">
        <Button variant="quiet" icon="previous" onPress={onBack}>
          {t("page.back")}
        </Button>
      </div>
      <Card>
        <form onSubmit={(event) => void create(event)} noValidate>
          <Stack>
            <Heading level={1} focus>
              {t("invite.title")}
            </Heading>
            <TextField
              label={t("invite.who")}
              description={t("invite.whoHelp")}
              error={isMissing ? t("invite.whoMissing") : undefined}
              maxLength={60}
              autoComplete="off"
              value={label}
              onChange={setLabel}
            />
            <Text kind="soft">{t("invite.valid")}</Text>
            {failed && (
              <Notice kind="error" live="assertive">
                {failed === "TOO_MANY" ? t("invite.tooMany") : errorText(failed)}
              </Notice>
            )}
            <Row>
              <Button variant="primary" large type="submit" isPending={isPending}>
                {t("invite.create")}
              </Button>
            </Row>
          </Stack>
        </form>
      </Card>
    </Stack>
  );
}
