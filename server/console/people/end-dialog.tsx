import { useState } from "react";
import { Checkbox } from "react-aria-components";

import type { ErrorCode } from "../../../shared/errors.ts";
import { ConfirmDialog } from "../../../shared/ui/dialog.tsx";
import { useErrorText } from "../../../shared/ui/language-switch.tsx";
import { Notice, Text } from "../../../shared/ui/layout.tsx";
import { useWords } from "../locales/words.ts";
import { codeOfError } from "../store/server-api.ts";
import type { Circle, Person } from "./circle.ts";

/** [P6] */
export function EndDialog({
  circle,
  person,
  onClose,
}: {
  circle: Circle;
  person: Person;
  onClose: () => void;
}) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [block, setBlock] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failed, setFailed] = useState<ErrorCode>();
  const { label } = person;

  async function end(): Promise<void> {
    setPending(true);
    try {
      await circle.end(person.pairing, block);
      onClose();
    } catch (error) {
      setFailed(codeOfError(error));
      setPending(false);
    }
  }

  return (
    <ConfirmDialog
      title={t("people.endTitle", { label })}
      confirm={t("people.endConfirm")}
      danger
      isOpen
      isPending={isPending}
      onConfirm={() => void end()}
      onClose={onClose}
    >
      <Text>{t("people.endText", { label })}</Text>
      <Checkbox className="con-check" isSelected={block} onChange={setBlock}>
        <span className="con-check-box" aria-hidden="true" />
        <span>{t("people.block")}</span>
      </Checkbox>
      {failed && (
        <Notice kind="error" live="assertive">
          {errorText(failed)}
        </Notice>
      )}
    </ConfirmDialog>
  );
}
