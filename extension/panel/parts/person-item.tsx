import { useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { Icon } from "../../../shared/ui/icons.tsx";
import { Stack, Text } from "../../../shared/ui/layout.tsx";
import type { PersonView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { useWords } from "../words/words.ts";
import { Disclosure } from "./disclosure.tsx";
import { HelperDetails } from "./helper-card.tsx";

/** Someone of the circle, under the name that the beneficiary chose. */
export function PersonItem({ person }: { person: PersonView }) {
  const { t } = useWords();
  const { send } = usePanel();
  const { name, card } = person;
  return (
    <li className="ep-person">
      <p className="ep-person-name">
        <Icon name="person" />
        <span>{name}</span>
      </p>
      {person.refusedMinutes !== undefined && (
        <Text kind="small">{t("person.refused", { count: person.refusedMinutes })}</Text>
      )}
      {person.ended ? (
        <Stack gap="s">
          <Text kind="small">{t("person.ended")}</Text>
          <Button
            onPress={() => send({ type: "circle.end", pairing: person.pairing, block: false })}
          >
            {t("remove.gone")}
          </Button>
        </Stack>
      ) : (
        <Disclosure title={t("person.who")} label={t("person.whoOf", { name })}>
          <Stack>
            <HelperDetails card={card} />
            <RemovePerson person={person} />
          </Stack>
        </Disclosure>
      )}
    </li>
  );
}

function RemovePerson({ person }: { person: PersonView }) {
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
        <p>{t("remove.text", { name })}</p>
        <p>{t("remove.blockText")}</p>
      </Dialog>
    </>
  );
}
