import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTranslation } from "react-i18next";

import { Button } from "./button.tsx";

export type DialogProps = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** `false` where only an answer may close it. */
  dismissable?: boolean;
  role?: "dialog" | "alertdialog";
  children: ReactNode;
  actions?: ReactNode;
};

export function Dialog({
  title,
  isOpen,
  onClose,
  dismissable = true,
  role = "dialog",
  children,
  actions,
}: DialogProps) {
  return (
    <ModalOverlay
      className="ep-veil"
      isOpen={isOpen}
      isDismissable={dismissable}
      isKeyboardDismissDisabled={!dismissable}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="ep-modal">
        <AriaDialog className="ep-dialog" role={role}>
          <Heading slot="title" level={2} className="ep-heading ep-heading-2">
            {title}
          </Heading>
          {children}
          {actions !== undefined && <div className="ep-dialog-actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks before something that can't be undone. */
export function ConfirmDialog({
  confirm,
  danger = false,
  onConfirm,
  onClose,
  isPending = false,
  ...rest
}: Omit<DialogProps, "actions" | "role" | "dismissable"> & {
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
  isPending?: boolean;
}) {
  const { t } = useTranslation("ui");
  return (
    <Dialog
      {...rest}
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button variant={danger ? "danger" : "primary"} isPending={isPending} onPress={onConfirm}>
            {confirm}
          </Button>
          <Button onPress={onClose}>{t("cancel")}</Button>
        </>
      }
    />
  );
}
