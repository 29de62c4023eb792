import { type FormEvent, useId, useState } from "react";
import { z } from "zod";

import { Button } from "../../../shared/ui/button.tsx";
import { Notice, Row, Stack } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import { useWords } from "../locales/words.ts";
import type { SignIn, SignInFailure } from "./auth-client.ts";

/** The way in for whoever has no passkey. `name`: for an account that is made now; stops without one. */
export function MailLink({ signIn, name }: { signIn: SignIn; name?: () => string | undefined }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [address, setAddress] = useState("");
  const [isWrong, setWrong] = useState(false);
  const [isPending, setPending] = useState(false);
  const [sent, setSent] = useState<string>();
  const [failed, setFailed] = useState<SignInFailure>();
  const form = useId();

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    const parsed = z.email().safeParse(address.trim());
    setWrong(!parsed.success);
    const own = name?.();
    if (!parsed.success || (name && own === undefined)) return;
    setFailed(undefined);
    setPending(true);
    const result = await signIn.sendMail(parsed.data, own);
    setPending(false);
    if (result.type === "ok") setSent(parsed.data);
    else setFailed(result.why);
  }

  if (sent !== undefined)
    return (
      <Notice kind="success" title={t("signIn.mail.sentTitle")} live="polite">
        {t("signIn.mail.sent", { address: sent })}
      </Notice>
    );
  return (
    <Stack>
      <div className="con-back">
        <Button
          variant="quiet"
          icon="mail"
          aria-expanded={isOpen}
          {...(isOpen ? { "aria-controls": form } : {})}
          onPress={() => setOpen(!isOpen)}
        >
          {t("signIn.mail.instead")}
        </Button>
      </div>
      {isOpen && (
        <form id={form} noValidate onSubmit={(event) => void send(event)}>
          <Stack>
            <TextField
              label={t("signIn.mail.address")}
              type="email"
              autoComplete="email"
              error={isWrong ? t("signIn.mail.addressWrong") : undefined}
              value={address}
              onChange={setAddress}
            />
            {failed && (
              <Notice kind="error" live="assertive">
                {t(`signIn.failed.${failed}`)}
              </Notice>
            )}
            <Row>
              <Button type="submit" icon="mail" isPending={isPending}>
                {t("signIn.mail.send")}
              </Button>
            </Row>
          </Stack>
        </form>
      )}
    </Stack>
  );
}
