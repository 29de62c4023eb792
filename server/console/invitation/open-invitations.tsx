import { useState } from "react";

import type { InvitationId } from "../../../shared/ids.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { Card, Heading, Stack, Text } from "../../../shared/ui/layout.tsx";
import { formatInstant } from "../locales/instants.ts";
import { useWords } from "../locales/words.ts";
import { useObservable } from "../store/observable.ts";
import type { Invitations, OpenInvitation } from "./invitations.ts";

export function OpenInvitations({
  invitations,
  onShow,
}: {
  invitations: Invitations;
  onShow: (invitation: InvitationId) => void;
}) {
  const { t } = useWords();
  const { open } = useObservable(invitations);
  const [cancelling, setCancelling] = useState<InvitationId>();
  const close = () => setCancelling(undefined);
  if (open.length === 0) return null;
  return (
    <Card label={t("invite.openTitle")}>
      <Stack>
        <Heading>{t("invite.openTitle")}</Heading>
        <ul className="con-list">
          {open.map((item) => (
            <OpenItem
              key={item.invitation}
              item={item}
              onShow={() => onShow(item.invitation)}
              onCancel={() => setCancelling(item.invitation)}
            />
          ))}
        </ul>
      </Stack>
      <Dialog
        title={t("invite.cancelTitle")}
        role="alertdialog"
        isOpen={cancelling !== undefined}
        onClose={close}
        actions={
          <>
            <Button
              variant="danger"
              onPress={() => {
                // Used meanwhile: the list says so.
                if (cancelling)
                  void invitations.cancel(cancelling).catch(() => invitations.refresh());
                close();
              }}
            >
              {t("invite.cancelConfirm")}
            </Button>
            <Button onPress={close}>{t("invite.cancelKeep")}</Button>
          </>
        }
      >
        <Text>{t("invite.cancelText")}</Text>
      </Dialog>
    </Card>
  );
}

function OpenItem({
  item,
  onShow,
  onCancel,
}: {
  item: OpenInvitation;
  onShow: () => void;
  onCancel: () => void;
}) {
  const { t, language } = useWords();
  const until = t("invite.validUntil", { when: formatInstant(item.expiresAt, language) });
  const label = item.own?.label;
  return (
    <li className="con-item">
      <div className="con-item-who">
        <p className="con-name">
          {label === undefined ? t("invite.madeElsewhere") : t("invite.for", { label })}
        </p>
        <p className="ep-soft ep-small">{until}</p>
      </div>
      <div className="con-item-do">
        {label !== undefined && (
          <Button aria-label={t("invite.showOf", { label })} onPress={onShow}>
            {t("invite.show")}
          </Button>
        )}
        <Button
          variant="quiet"
          aria-label={
            label === undefined ? t("invite.cancelOther") : t("invite.cancelOf", { label })
          }
          onPress={onCancel}
        >
          {t("invite.cancel")}
        </Button>
      </div>
    </li>
  );
}
