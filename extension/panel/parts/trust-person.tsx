import { useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { Notice } from "../../../shared/ui/layout.tsx";
import type { PersonView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { useWords } from "../words/words.ts";

/** [P10] `other`: who is the trusted person until now. */
export function TrustPerson({ person, other }: { person: PersonView; other?: string | undefined }) {
  const { t } = useWords();
  const { send } = usePanel();
  const [isOpen, setOpen] = useState(false);
  const { name, pairing, trusted = false } = person;
  const close = (): void => setOpen(false);
  const change = (): void => {
    close();
    send({ type: "circle.trust", pairing: trusted ? null : pairing });
  };
  return (
    <>
      <Button onPress={() => setOpen(true)}>
        {t(trusted ? "trust.stop" : "trust.open", { name })}
      </Button>
      <Dialog
        title={t(trusted ? "trust.stopTitle" : "trust.title", { name })}
        role="alertdialog"
        isOpen={isOpen}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>
              {t(trusted ? "trust.stopKeep" : "trust.keep", { name })}
            </Button>
            <Button variant={trusted ? "danger" : "primary"} onPress={change}>
              {t(trusted ? "trust.stopConfirm" : "trust.confirm", { name })}
            </Button>
          </>
        }
      >
        {trusted ? (
          <>
            <p>{t("trust.stopText", { name })}</p>
            <Notice kind="warn">{t("trust.stopBeware", { name })}</Notice>
          </>
        ) : (
          <>
            <p>{t("trust.text", { name })}</p>
            <p>{t("trust.told", { name })}</p>
            {other !== undefined && <p>{t("trust.instead", { other })}</p>}
          </>
        )}
      </Dialog>
    </>
  );
}
