import { assertNever } from "../../../../shared/errors.ts";
import { Button } from "../../../../shared/ui/button.tsx";
import { Notice, Row } from "../../../../shared/ui/layout.tsx";
import { useWords } from "../../locales/words.ts";
import { useObservable } from "../../store/observable.ts";
import type { MailAddress, MailProof } from "./mail-address.ts";

/** What became of the link with which this page was opened. It may be another account's. */
export function MailNotice({ mail }: { mail: MailAddress }) {
  const { t } = useWords();
  const { proof, address } = useObservable(mail);
  if (!proof) return null;
  return (
    <Notice kind={proof.type === "proved" ? "success" : "warn"} live="polite">
      <p className="con-address">
        <ProofWords proof={proof} address={address} />
      </p>
      <Row>
        <Button onPress={() => mail.dismiss()}>{t("page.understood")}</Button>
      </Row>
    </Notice>
  );
}

function ProofWords({ proof, address }: { proof: MailProof; address: string | undefined }) {
  const { t } = useWords();
  switch (proof.type) {
    case "proved":
      return t("mail.proved", { address: proof.address });
    case "dead":
      return address === undefined ? t("mail.dead") : t("mail.deadKnown", { address });
    case "too-many":
      return t("mail.failed.TOO_MANY");
    default:
      return assertNever(proof);
  }
}
