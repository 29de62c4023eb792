import { useState } from "react";

import type { ErrorCode } from "../../../../shared/errors.ts";
import { ConfirmDialog } from "../../../../shared/ui/dialog.tsx";
import { useErrorText } from "../../../../shared/ui/language-switch.tsx";
import { Notice, Text } from "../../../../shared/ui/layout.tsx";
import { useWords } from "../../locales/words.ts";
import { codeOfError } from "../../store/server-api.ts";
import type { MailAddress } from "./mail-address.ts";

export function RemoveMailDialog({
  mail,
  onRemoved,
  onClose,
}: {
  mail: MailAddress;
  onRemoved: () => void;
  onClose: () => void;
}) {
  const { t } = useWords();
  const errorText = useErrorText();
  const [isPending, setPending] = useState(false);
  const [failed, setFailed] = useState<ErrorCode>();

  async function remove(): Promise<void> {
    setPending(true);
    try {
      await mail.remove();
      onRemoved();
      onClose();
    } catch (error) {
      setFailed(codeOfError(error));
      setPending(false);
    }
  }

  return (
    <ConfirmDialog
      title={t("mail.removeTitle")}
      confirm={t("mail.remove")}
      danger
      isOpen
      isPending={isPending}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <Text>{t("mail.removeText")}</Text>
      {failed && (
        <Notice kind="error" live="assertive">
          {errorText(failed)}
        </Notice>
      )}
    </ConfirmDialog>
  );
}
