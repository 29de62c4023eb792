import { useEffect, useState } from "react";

import { formatLostLink, type LostCode } from "../../shared/lost/lost-link.ts";
import type { Receipt } from "../../shared/receipts/receipt.ts";
import { formatReceiptFile, readReceipt } from "../../shared/receipts/signed-receipt.ts";
import { Button } from "../../shared/ui/button.tsx";
import { LanguageSwitch } from "../../shared/ui/language-switch.tsx";
import { Heading, Page, Spinner, Stack, Text } from "../../shared/ui/layout.tsx";
import { useWords } from "../panel/words/words.ts";
import type { KeptReceipt, ReceiptStore } from "../store/receipt-store.ts";
import { ReceiptSheet } from "./receipt-sheet.tsx";
import { saveFile } from "./save-file.ts";
import { sayWhenShort } from "./when.ts";

type Readable = KeptReceipt & { receipt: Receipt };
type Loaded = { kept: readonly Readable[]; lostCode: LostCode };

async function load(store: ReceiptStore): Promise<Loaded> {
  const kept = (await store.list()).flatMap((one) => {
    const receipt = readReceipt(one.signed);
    return receipt ? [{ ...one, receipt }] : [];
  });
  return { kept, lostCode: await store.lostCode() };
}

/** In a tab of its own: to be read in large letters, printed and put away. */
export function ReceiptPage({
  store,
  serverUrl,
  close,
}: {
  store: ReceiptStore;
  serverUrl: string;
  close: () => void;
}) {
  const { t } = useWords();
  const [loaded, setLoaded] = useState<Loaded>();
  const [chosen, setChosen] = useState<KeptReceipt["grant"]>();

  useEffect(() => {
    document.title = `${t("receipt.page")} – Epaule`;
  }, [t]);
  useEffect(() => {
    load(store).then(setLoaded, () => setLoaded(undefined));
  }, [store]);

  const kept = loaded?.kept ?? [];
  const shown = kept.find(({ grant }) => grant === chosen) ?? kept[0];
  return (
    <Page footer={<LanguageSwitch />}>
      {!loaded ? (
        <>
          <h1 className="ep-hidden">Epaule</h1>
          <Spinner />
        </>
      ) : shown ? (
        <Stack gap="l">
          {/* A new title for each: it takes the focus, so that a screen reader begins there. */}
          <Heading key={shown.grant} level={1} focus>
            {t("receipt.title")}
          </Heading>
          <Actions shown={shown} close={close} />
          <ReceiptSheet
            receipt={shown.receipt}
            name={shown.name}
            lostLink={formatLostLink(serverUrl, loaded.lostCode)}
          />
          <Others kept={kept.filter((one) => one !== shown)} choose={setChosen} />
        </Stack>
      ) : (
        <Stack>
          <Heading level={1} focus>
            {t("receipt.none")}
          </Heading>
          <Text kind="lead">{t("receipt.noneText")}</Text>
          <Button wide onPress={close}>
            {t("receipt.close")}
          </Button>
        </Stack>
      )}
    </Page>
  );
}

function Actions({ shown, close }: { shown: Readable; close: () => void }) {
  const { t } = useWords();
  const file = `epaule-recu-${shown.receipt.agreed.givenAt.slice(0, 10)}.json`;
  return (
    <div className="rec-screen">
      <Stack gap="s">
        <Button variant="primary" icon="print" large wide onPress={() => print()}>
          {t("receipt.print")}
        </Button>
        <Button wide onPress={() => saveFile(file, formatReceiptFile(shown.signed))}>
          {t("receipt.save")}
        </Button>
        <Text kind="small">{t("receipt.saveText")}</Text>
        <Button wide onPress={close}>
          {t("receipt.close")}
        </Button>
      </Stack>
    </div>
  );
}

function Others({
  kept,
  choose,
}: {
  kept: readonly Readable[];
  choose: (grant: KeptReceipt["grant"]) => void;
}) {
  const { t, language } = useWords();
  if (kept.length === 0) return null;
  return (
    <nav className="rec-screen" aria-label={t("receipt.others")}>
      <Stack>
        <Heading level={2}>{t("receipt.others")}</Heading>
        <ul className="rec-others">
          {kept.map(({ grant, name, receipt }) => (
            <li key={grant}>
              <Button variant="quiet" icon="next" onPress={() => choose(grant)}>
                {t("receipt.other", { name, when: sayWhenShort(receipt.agreed.givenAt, language) })}
              </Button>
            </li>
          ))}
        </ul>
      </Stack>
    </nav>
  );
}
