import { useId, useRef, useState } from "react";

import type { InvitationId } from "../../../shared/ids.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Card, Heading, Notice, Row, Stack, Text } from "../../../shared/ui/layout.tsx";
import { QrCode } from "../../../shared/ui/qr-code.tsx";
import { formatInstant } from "../locales/instants.ts";
import { useWords } from "../locales/words.ts";
import { useObservable } from "../store/observable.ts";
import type { Invitations, OpenInvitation } from "./invitations.ts";

/** One invitation, in the three forms in which it can be given. */
export function InvitationScreen({
  invitations,
  invitation,
  onDone,
}: {
  invitations: Invitations;
  invitation: InvitationId;
  onDone: () => void;
}) {
  const { t, language } = useWords();
  const { open } = useObservable(invitations);
  const shown = open.find((candidate) => candidate.invitation === invitation);
  if (!shown?.own)
    return (
      <Stack>
        <Heading level={1} focus>
          {t("invite.title")}
        </Heading>
        <Notice kind="info" live="polite">
          {t("invite.gone")}
        </Notice>
        <Row>
          <Button variant="primary" onPress={onDone}>
            {t("invite.done")}
          </Button>
        </Row>
      </Stack>
    );
  const { label, link, code } = shown.own;
  return (
    <Stack gap="l">
      <Stack>
        <div className="con-back">
          <Button variant="quiet" icon="previous" onPress={onDone}>
            {t("page.back")}
          </Button>
        </div>
        <Heading level={1} focus>
          {t("invite.forTitle", { label })}
        </Heading>
        <Text kind="lead">
          {t("invite.validUntil", { when: formatInstant(shown.expiresAt, language) })}
        </Text>
        <Text kind="soft">{t("invite.before", { label })}</Text>
      </Stack>
      <LinkCard label={label} link={link} />
      <Card label={t("invite.qrTitle")}>
        <Stack>
          <Heading>{t("invite.qrTitle")}</Heading>
          <Text>{t("invite.qrText", { label })}</Text>
          <QrCode text={link} label={t("invite.qrAlt", { label })} />
        </Stack>
      </Card>
      <CodeCard code={code} />
      <Row>
        <Button variant="primary" large onPress={onDone}>
          {t("invite.done")}
        </Button>
      </Row>
    </Stack>
  );
}

function LinkCard({ label, link }: Pick<NonNullable<OpenInvitation["own"]>, "label" | "link">) {
  const { t } = useWords();
  const [copied, setCopied] = useState<"copied" | "copyFailed">();
  const field = useRef<HTMLInputElement>(null);
  const id = useId();

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      setCopied("copied");
    } catch {
      field.current?.select();
      setCopied("copyFailed");
    }
  }

  return (
    <Card label={t("invite.linkTitle")}>
      <Stack>
        <Heading>{t("invite.linkTitle")}</Heading>
        <Text>{t("invite.linkText", { label })}</Text>
        <label className="ep-label" htmlFor={id}>
          {t("invite.link")}
        </label>
        <input
          id={id}
          ref={field}
          className="ep-input con-link"
          readOnly
          value={link}
          onFocus={(event) => event.target.select()}
        />
        <Row>
          <Button variant="primary" icon="copy" onPress={() => void copy()}>
            {t("invite.copy")}
          </Button>
        </Row>
        <p role="status" className={`con-said ${copied === "copied" ? "con-done" : "ep-soft"}`}>
          {copied && t(`invite.${copied}`, { label })}
        </p>
      </Stack>
    </Card>
  );
}

function CodeCard({ code }: { code: string }) {
  const { t } = useWords();
  return (
    <Card label={t("invite.codeTitle")}>
      <Stack>
        <Heading>{t("invite.codeTitle")}</Heading>
        <p className="con-code">
          <span className="ep-hidden">{t("invite.code")} : </span>
          <span>{code.slice(0, 4)}</span> <span>{code.slice(4)}</span>
        </p>
        <Text>{t("invite.codeText")}</Text>
        <Text kind="soft">{t("invite.codeSafe")}</Text>
      </Stack>
    </Card>
  );
}
