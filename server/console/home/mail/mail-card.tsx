import { useState } from "react";

import { Button } from "../../../../shared/ui/button.tsx";
import { Card, Heading, Notice, Row, Stack, Text } from "../../../../shared/ui/layout.tsx";
import { useWords } from "../../locales/words.ts";
import { useObservable } from "../../store/observable.ts";
import type { MailAddress } from "./mail-address.ts";
import { MailForm } from "./mail-form.tsx";
import { RemoveMailDialog } from "./remove-mail-dialog.tsx";

/** [S3] Optional: where a call is told that came while no console was open. */
export function MailCard({ mail }: { mail: MailAddress }) {
  const { t } = useWords();
  const { address, canRemove, sentTo } = useObservable(mail);
  const [isWriting, setWriting] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const [isRemoved, setRemoved] = useState(false);

  function write(): void {
    setRemoved(false);
    mail.correct();
    setWriting(true);
  }

  return (
    <Card label={t("mail.title")} quiet>
      <Stack>
        <Heading>{t("mail.title")}</Heading>
        {address === undefined ? (
          <Text>{t("mail.explain")}</Text>
        ) : (
          <>
            <p className="con-address">{t("mail.known", { address })}</p>
            <Text kind="soft">{t(canRemove ? "mail.signsIn" : "mail.onlyWay")}</Text>
          </>
        )}
        {sentTo !== undefined && (
          <Notice kind="info" title={t("signIn.mail.sentTitle")} live="polite">
            <p className="con-address">{t("mail.sent", { address: sentTo })}</p>
          </Notice>
        )}
        {isWriting ? (
          <MailForm mail={mail} onClose={() => setWriting(false)} />
        ) : (
          <Row>
            <Button icon="mail" onPress={write}>
              {t(
                sentTo !== undefined
                  ? "mail.other"
                  : address === undefined
                    ? "mail.add"
                    : "mail.change",
              )}
            </Button>
            {address !== undefined && canRemove && (
              <Button variant="quiet" onPress={() => setRemoving(true)}>
                {t("mail.remove")}
              </Button>
            )}
          </Row>
        )}
        <p role="status" className="con-said ep-soft">
          {isRemoved && address === undefined && t("mail.removed")}
        </p>
      </Stack>
      {isRemoving && (
        <RemoveMailDialog
          mail={mail}
          onRemoved={() => setRemoved(true)}
          onClose={() => setRemoving(false)}
        />
      )}
    </Card>
  );
}
