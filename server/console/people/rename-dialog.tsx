import { type FormEvent, useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { Stack } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import { useWords } from "../locales/words.ts";
import { labelSchema } from "../store/pins.ts";
import type { Circle, Person } from "./circle.ts";

export function RenameDialog({
  circle,
  person,
  onClose,
}: {
  circle: Circle;
  person: Person;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [label, setLabel] = useState(person.label);
  const [isWrong, setWrong] = useState(false);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const parsed = labelSchema.safeParse(label);
    setWrong(!parsed.success);
    if (!parsed.success) return;
    await circle.rename(person.pairing, parsed.data);
    onClose();
  }

  return (
    <Dialog title={t("people.renameOf", { label: person.label })} isOpen onClose={onClose}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack>
          <TextField
            label={t("people.renameField")}
            description={t("people.renameHelp")}
            error={isWrong ? t("people.nameMissing") : undefined}
            maxLength={60}
            autoFocus
            value={label}
            onChange={setLabel}
          />
          <div className="ep-dialog-actions">
            <Button variant="primary" type="submit">
              {t("people.renameSave")}
            </Button>
            <Button onPress={onClose}>{t("page.close")}</Button>
          </div>
        </Stack>
      </form>
    </Dialog>
  );
}
