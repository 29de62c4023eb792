import { useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { Stack, Text } from "../../../shared/ui/layout.tsx";
import type { BlockedView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { useWords } from "../words/words.ts";
import { Disclosure } from "./disclosure.tsx";

/** [P9] Nothing where nobody is blocked. */
export function BlockedPeople({ blocked }: { blocked: readonly BlockedView[] }) {
  const { t } = useWords();
  if (blocked.length === 0) return null;
  return (
    <Disclosure title={t("blocked.title")}>
      <Stack gap="s">
        <Text>{t("blocked.text")}</Text>
        <ul className="ep-people">
          {blocked.map((one) => (
            <BlockedItem key={one.device} one={one} />
          ))}
        </ul>
      </Stack>
    </Disclosure>
  );
}

function BlockedItem({ one }: { one: BlockedView }) {
  const { t } = useWords();
  const { send } = usePanel();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  const name = one.name ?? t("blocked.unnamed");
  return (
    <li className="ep-person">
      <Button wide onPress={() => setOpen(true)}>
        {t("blocked.lift", { name })}
      </Button>
      <Dialog
        title={t("blocked.liftTitle", { name })}
        role="alertdialog"
        isOpen={isOpen}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{t("blocked.keep")}</Button>
            <Button
              onPress={() => {
                close();
                send({ type: "circle.unblock", device: one.device });
              }}
            >
              {t("blocked.confirm")}
            </Button>
          </>
        }
      >
        <p>{t("blocked.liftText")}</p>
      </Dialog>
    </li>
  );
}
