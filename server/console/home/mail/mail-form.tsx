import { type FormEvent, useState } from "react";

import type { ErrorCode } from "../../../../shared/errors.ts";
import { mailAddressSchema } from "../../../../shared/http-api.ts";
import { Button } from "../../../../shared/ui/button.tsx";
import { useErrorText } from "../../../../shared/ui/language-switch.tsx";
import { Notice, Row, Stack } from "../../../../shared/ui/layout.tsx";
import { TextField } from "../../../../shared/ui/text-field.tsx";
import { useWords } from "../../locales/words.ts";
import { codeOfError } from "../../store/server-api.ts";
import type { MailAddress } from "./mail-address.ts";

/** Asks for the link that proves an address. */
export function MailForm({ mail, onClose }: { mail: MailAddress; onClose: () => void }) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [address, setAddress] = useState("");
  const [wrong, setWrong] = useState<"wrong" | "same">();
  const [isPending, setPending] = useState(false);
  const [failed, setFailed] = useState<ErrorCode>();

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    const parsed = mailAddressSchema.safeParse(address.trim());
    const isSame = parsed.data?.toLowerCase() === mail.get().address && parsed.success;
    setWrong(isSame ? "same" : parsed.success ? undefined : "wrong");
    if (!parsed.success || isSame) return;
    setFailed(undefined);
    setPending(true);
    try {
      await mail.ask(parsed.data);
      onClose();
    } catch (error) {
      setFailed(codeOfError(error));
      setPending(false);
    }
  }

  return (
    <form noValidate onSubmit={(event) => void send(event)}>
      <Stack>
        <TextField
          label={t("signIn.mail.address")}
          description={t("mail.linkFirst")}
          error={wrong && t(wrong === "same" ? "mail.same" : "signIn.mail.addressWrong")}
          type="email"
          autoComplete="email"
          autoFocus
          value={address}
          onChange={setAddress}
        />
        {failed && (
          <Notice kind="error" live="assertive">
            {failed === "UNAVAILABLE" || failed === "TOO_MANY"
              ? t(`mail.failed.${failed}`)
              : errorText(failed)}
          </Notice>
        )}
        <Row>
          <Button variant="primary" type="submit" icon="mail" isPending={isPending}>
            {t("mail.send")}
          </Button>
          <Button variant="quiet" onPress={onClose}>
            {t("mail.leave")}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
