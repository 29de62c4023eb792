import { Button } from "../../../shared/ui/button.tsx";
import { Stack, Text } from "../../../shared/ui/layout.tsx";
import { usePanel } from "../panel-context.ts";
import { useWords } from "../words/words.ts";

/** `live`: who sees nothing while the receipt's tab is in front of the shared one. */
export function ReceiptButton({ live }: { live?: string }) {
  const { t } = useWords();
  const { openReceipt } = usePanel();
  return (
    <Stack gap="s">
      <Button icon="print" wide onPress={openReceipt}>
        {t("receipt.open")}
      </Button>
      <Text kind="small">
        {live === undefined
          ? t("receipt.openText")
          : `${t("receipt.openText")} ${t("receipt.whileOpen", { name: live })}`}
      </Text>
    </Stack>
  );
}
