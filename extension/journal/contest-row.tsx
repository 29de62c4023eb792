import { useState } from "react";

import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Notice } from "../../shared/ui/layout.tsx";
import { useWords } from "../panel/words/words.ts";

/** [J7] Asked twice, and nothing to write: what the person has to say goes by mail. */
export function ContestRow({
  row,
  sentence,
  contest,
  onDone,
}: {
  row: number;
  sentence: string;
  contest: (row: number) => Promise<unknown>;
  onDone: () => Promise<void>;
}) {
  const { t } = useWords();
  const [step, setStep] = useState<"closed" | "open" | "busy" | "failed">("closed");

  async function send(): Promise<void> {
    setStep("busy");
    try {
      await contest(row);
    } catch {
      return setStep("failed");
    }
    await onDone();
  }

  return (
    <>
      <Button aria-label={t("journal.contest.label", { row })} onPress={() => setStep("open")}>
        {t("journal.contest.button")}
      </Button>
      <Dialog
        title={t("journal.contest.title", { row })}
        role="alertdialog"
        isOpen={step !== "closed"}
        onClose={() => setStep("closed")}
        actions={
          <>
            <Button onPress={() => setStep("closed")}>{t("journal.contest.keep")}</Button>
            <Button variant="primary" isPending={step === "busy"} onPress={() => void send()}>
              {t("journal.contest.confirm")}
            </Button>
          </>
        }
      >
        <p>
          <strong>{sentence}</strong>
        </p>
        <p>{t("journal.contest.text")}</p>
        {step === "failed" && (
          <Notice kind="error" live="assertive">
            {t("journal.contest.failed")}
          </Notice>
        )}
      </Dialog>
    </>
  );
}
