import { useCallback, useEffect, useState } from "react";

import { Button } from "../../shared/ui/button.tsx";
import { LanguageSwitch } from "../../shared/ui/language-switch.tsx";
import { Heading, Notice, Page, Spinner, Stack, Text } from "../../shared/ui/layout.tsx";
import type { JournalView } from "../messaging/links.ts";
import { useWords } from "../panel/words/words.ts";
import { JournalList } from "./journal-list.tsx";

type Step = { is: "reading" } | { is: "failed" } | { is: "read"; view: JournalView };

export type JournalTools = {
  read: () => Promise<JournalView>;
  contest: (row: number) => Promise<unknown>;
  save: (name: string, text: string) => void;
  print: () => void;
  close: () => void;
};

/** In a tab of its own: a journal is long, and a panel narrow. It can be printed. */
export function JournalPage({ tools }: { tools: JournalTools }) {
  const { t } = useWords();
  const [step, setStep] = useState<Step>({ is: "reading" });

  const read = useCallback(async () => {
    try {
      setStep({ is: "read", view: await tools.read() });
    } catch {
      setStep({ is: "failed" });
    }
  }, [tools]);

  useEffect(() => {
    document.title = `${t("journal.title")} – Epaule`;
  }, [t]);
  useEffect(() => void read(), [read]);

  return (
    <Page footer={<LanguageSwitch />}>
      <Stack gap="l">
        <Stack>
          <Heading level={1} focus>
            {t("journal.title")}
          </Heading>
          <Text kind="lead">{t("journal.lead")}</Text>
          <Text kind="small">{t("journal.inside")}</Text>
        </Stack>
        {step.is === "reading" && <Spinner>{t("journal.reading")}</Spinner>}
        {step.is === "failed" && (
          <Stack>
            <Notice kind="warn" live="assertive">
              {t("journal.failed")}
            </Notice>
            <Button
              variant="primary"
              wide
              onPress={() => {
                setStep({ is: "reading" });
                void read();
              }}
            >
              {t("retry")}
            </Button>
          </Stack>
        )}
        {step.is === "read" && <JournalList view={step.view} tools={tools} again={read} />}
        <div className="ep-screen-only">
          <Button wide onPress={tools.close}>
            {t("journal.close")}
          </Button>
        </div>
      </Stack>
    </Page>
  );
}
