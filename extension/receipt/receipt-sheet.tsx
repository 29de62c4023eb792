import { findConsentText, renderConsentText } from "../../shared/grants/consent-text.ts";
import type { Receipt } from "../../shared/receipts/receipt.ts";
import { QrCode } from "../../shared/ui/qr-code.tsx";
import { useWords } from "../panel/words/words.ts";
import { sayUntil, sayWhen, sayWhenShort } from "./when.ts";

const HOUR_MS = 3_600_000;
/** As the server writes what its operator did not say. */
const NOT_GIVEN = "–";

/** One page, as it is printed. `name`: what the person called their helper then. */
export function ReceiptSheet({
  receipt,
  name,
  lostLink,
}: {
  receipt: Receipt;
  name: string;
  lostLink: string;
}) {
  const { t, language } = useWords();
  const { agreed, piiControllers } = receipt;
  const { givenAt, expiresAt, hosts } = agreed;
  const [{ piiControllerUrl }] = piiControllers;
  return (
    <article className="rec-sheet">
      <p className="rec-lead">{t("receipt.lead")}</p>
      <dl className="rec-facts">
        <div>
          <dt>{t("receipt.who")}</dt>
          <dd>{name}</dd>
        </div>
        <div>
          <dt>{t("receipt.given")}</dt>
          <dd>{sayWhen(givenAt, language)}</dd>
        </div>
        <div>
          <dt>{t("receipt.until")}</dt>
          <dd>
            {agreed.kind === "SESSION"
              ? t("receipt.untilSession", { time: sayUntil(expiresAt, givenAt, language) })
              : t("receipt.untilDate", { when: sayWhenShort(expiresAt, language) })}
          </dd>
        </div>
        <div>
          <dt>{t("receipt.sites")}</dt>
          <dd>
            {hosts.map((host) => (
              <span key={host} className="rec-host">
                {host}
              </span>
            ))}
          </dd>
        </div>
      </dl>
      <AgreedText receipt={receipt} name={name} />
      <section className="rec-lost">
        <div>
          <h2>{t("receipt.lost.title")}</h2>
          <p>{t("receipt.lost.text")}</p>
          <p className="rec-link">{breakable(lostLink)}</p>
          <p>{t("receipt.lost.keep")}</p>
        </div>
        <QrCode text={lostLink} label={t("receipt.lost.qr")} />
      </section>
      <section>
        <h2>{t("receipt.rights.title")}</h2>
        <p>{t("receipt.rights.text", { who: contactOf(receipt) })}</p>
        <p>{t("receipt.rights.complain")}</p>
      </section>
      <p className="rec-number">
        {t("receipt.number", {
          number: agreed.id.slice(0, 12),
          server: new URL(piiControllerUrl).host,
        })}
      </p>
    </article>
  );
}

/** Word for word what was on the screen, in its own language. */
function AgreedText({ receipt, name }: { receipt: Receipt; name: string }) {
  const { t } = useWords();
  const { agreed } = receipt;
  const text = findConsentText(agreed.text);
  if (!text) return null;
  const hours = (Date.parse(agreed.expiresAt) - Date.parse(agreed.givenAt)) / HOUR_MS;
  const lines = renderConsentText(text, { helper: name, hosts: agreed.hosts, hours });
  return (
    <section>
      <h2>{t("receipt.text")}</h2>
      <ul lang={text.language} className="rec-text">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function contactOf({ piiControllers: [controller] }: Receipt): string {
  const { piiController, contact, address, email, phone } = controller;
  return [piiController, contact, address, email, phone]
    .filter((part) => part !== NOT_GIVEN)
    .join(", ");
}

/** Cut after a dash or a slash, never within a group of signs. */
function breakable(link: string) {
  return link.split(/(?<=[-/])/).map((part, at) => (
    // The parts never change places, and two may be the same.
    <span key={`${at}${part}`} className="rec-part">
      {part}
      <wbr />
    </span>
  ));
}
