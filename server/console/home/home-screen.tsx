import { useCallback, useEffect, useState } from "react";

import type { InvitationId } from "../../../shared/ids.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Heading, Notice, Row, Spinner, Stack } from "../../../shared/ui/layout.tsx";
import type { BrowserParts } from "../app/browser.ts";
import type { Desk } from "../app/desk.ts";
import { CallNotices } from "../calls/call-notices.tsx";
import { MissedCard } from "../calls/missed/missed-card.tsx";
import { OpenInvitations } from "../invitation/open-invitations.tsx";
import { useWords } from "../locales/words.ts";
import { CircleNotices } from "../people/circle-notices.tsx";
import { PeopleCard } from "../people/people-card.tsx";
import { useObservable } from "../store/observable.ts";
import type { StorageSafety } from "../store/storage-safety.ts";
import { TrustNoticeList } from "../trust/trust-notice-list.tsx";
import { AlertCard } from "./alert-card.tsx";
import { ConnectionCard } from "./connection-card.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { MailCard } from "./mail/mail-card.tsx";
import { MailNotice } from "./mail/mail-notice.tsx";

export function HomeScreen({
  desk,
  browser,
  onInvite,
  onShow,
}: {
  desk: Desk;
  browser: BrowserParts;
  onInvite: () => void;
  onShow: (invitation: InvitationId) => void;
}) {
  const { t } = useWords();
  const circle = useObservable(desk.circle);
  const { open } = useObservable(desk.invitations);
  const [safety, setSafety] = useState<StorageSafety>("kept");
  const isNew = circle.loaded && circle.people.length === 0;

  const askToKeep = useCallback(async () => {
    setSafety(await browser.askToKeep());
  }, [browser]);
  useEffect(() => {
    void askToKeep();
  }, [askToKeep]);

  return (
    <Stack gap="l">
      <Stack>
        <Heading level={1} focus>
          {t("home.hello", { name: desk.account.name })}
        </Heading>
        <ConnectionCard desk={desk} />
        <CallNotices calls={desk.calls} />
        <TrustNoticeList notices={desk.notices} people={circle.people} />
        <CircleNotices circle={desk.circle} />
        <MailNotice mail={desk.mail} />
        {(safety === "private" || safety === "seven-days") && (
          <Notice kind="warn">{t(`keeping.${safety}`)}</Notice>
        )}
      </Stack>
      <MissedCard missed={desk.missed} people={circle.people} />
      {!circle.loaded && circle.failed === undefined && <Spinner />}
      {isNew && <FirstSteps done={open.length > 0 ? 1 : 0} onInvite={onInvite} />}
      <OpenInvitations invitations={desk.invitations} onShow={onShow} />
      {!isNew && (
        <>
          <PeopleCard circle={desk.circle} />
          <Row>
            <Button variant="primary" large icon="person" onPress={onInvite}>
              {t("home.invite")}
            </Button>
          </Row>
        </>
      )}
      <AlertCard chime={browser.chime} onAllowed={() => void askToKeep()} />
      {desk.config.mail && <MailCard mail={desk.mail} />}
      {safety === "unsure" && (
        <section aria-label={t("keeping.label")}>
          <p className="ep-soft ep-small">{t("keeping.unsure")}</p>
        </section>
      )}
    </Stack>
  );
}
