import { useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import type { PersonView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { useWords } from "../words/words.ts";

/** `live`: this person helps right now, and that ends too. */
export function RemovePerson({ person, live = false }: { person: PersonView; live?: boolean }) {
  const { t } = useWords();
  const { send } = usePanel();
  const [isOpen, setOpen] = useState(false);
  const { name, pairing } = person;
  const close = (): void => setOpen(false);
  const end = (block: boolean): void => {
    close();
    send({ type: "circle.end", pairing, block });
  };
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t("remove.open", { name })}</Button>
      <Dialog
        title={t("remove.title", { name })}
        role="alertdialog"
        isOpen={isOpen}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{t("remove.keep")}</Button>
            <Button variant="danger" onPress={() => end(false)}>
              {t("remove.confirm")}
            </Button>
            <Button onPress={() => end(true)}>{t("remove.block")}</Button>
          </>
        }
      >
        {live && (
          <p>
            <strong>{t("remove.liveText", { name })}</strong>
          </p>
        )}
        {person.trusted && <p>{t("trust.stopBeware", { name })}</p>}
        <p>{t("remove.text", { name })}</p>
        <p>{t("remove.blockText")}</p>
      </Dialog>
    </>
  );
}
