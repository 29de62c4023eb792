import { useState } from "react";

import { personNameSchema } from "../../../shared/protocol/control.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { LanguageSwitch } from "../../../shared/ui/language-switch.tsx";
import { Card, Heading, Notice, Page, Row, Stack, Text } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import type { SignedOutNotice } from "../app/app-state.ts";
import { useWords } from "../locales/words.ts";
import type { SignIn, SignInFailure, SignInResult } from "./auth-client.ts";
import { MailLink } from "./mail-link.tsx";

type Way = "create" | "open";

/** Signing up and in: with a passkey, or a mailed link where the server has one. */
export function SignInScreen({
  signIn,
  mail,
  notice,
  onSignedIn,
}: {
  signIn: SignIn;
  mail: boolean;
  notice: SignedOutNotice | undefined;
  onSignedIn: () => void;
}) {
  const { t } = useWords();
  const [name, setName] = useState("");
  const [isNameMissing, setNameMissing] = useState(false);
  const [pending, setPending] = useState<Way>();
  const [failed, setFailed] = useState<{ way: Way; why: SignInFailure }>();

  function checkName(): string | undefined {
    const parsed = personNameSchema.safeParse(name);
    setNameMissing(!parsed.success);
    return parsed.data;
  }

  async function attempt(way: Way, ask: () => Promise<SignInResult>): Promise<void> {
    setFailed(undefined);
    setPending(way);
    const result = await ask();
    setPending(undefined);
    if (result.type === "ok") onSignedIn();
    else setFailed({ way, why: result.why });
  }

  function create(): void {
    const own = checkName();
    if (own !== undefined) void attempt("create", () => signIn.create(own));
  }

  const failure = (way: Way) =>
    failed?.way === way && (
      <Notice kind="error" live="assertive">
        {t(`signIn.failed.${failed.why}`)}
      </Notice>
    );

  return (
    <Page header={<LanguageSwitch />}>
      <Stack gap="l">
        <Stack>
          <Heading level={1} focus>
            {t("signIn.title")}
          </Heading>
          <Text kind="lead">{t("signIn.lead")}</Text>
          <Text kind="soft">{t("signIn.promise")}</Text>
        </Stack>
        {notice && (
          <Notice kind={notice === "mail-proved" ? "success" : "warn"} live="polite">
            {notice === "mail-too-many" ? t("mail.failed.TOO_MANY") : t(`signIn.notice.${notice}`)}
          </Notice>
        )}
        <Card label={t("signIn.create.title")}>
          <Stack>
            <Heading>{t("signIn.create.title")}</Heading>
            <TextField
              label={t("signIn.create.name")}
              description={t("signIn.create.nameHelp")}
              error={isNameMissing ? t("signIn.create.nameMissing") : undefined}
              autoComplete="name"
              maxLength={60}
              value={name}
              onChange={setName}
            />
            <Text kind="soft">{t("signIn.create.explain")}</Text>
            {failure("create")}
            <Row>
              <Button
                variant="primary"
                icon="key"
                isPending={pending === "create"}
                isDisabled={pending === "open"}
                onPress={create}
              >
                {t("signIn.create.passkey")}
              </Button>
            </Row>
            {mail && <MailLink signIn={signIn} name={checkName} />}
          </Stack>
        </Card>
        <Card label={t("signIn.open.title")}>
          <Stack>
            <Heading>{t("signIn.open.title")}</Heading>
            {failure("open")}
            <Row>
              <Button
                icon="key"
                isPending={pending === "open"}
                isDisabled={pending === "create"}
                onPress={() => void attempt("open", () => signIn.open())}
              >
                {t("signIn.open.passkey")}
              </Button>
            </Row>
            {mail && <MailLink signIn={signIn} />}
          </Stack>
        </Card>
      </Stack>
    </Page>
  );
}
