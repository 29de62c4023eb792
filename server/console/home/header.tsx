import { Button } from "../../../shared/ui/button.tsx";
import { LanguageSwitch } from "../../../shared/ui/language-switch.tsx";
import { Row } from "../../../shared/ui/layout.tsx";
import type { Desk } from "../app/desk.ts";
import { useWords } from "../locales/words.ts";
import { useObservable } from "../store/observable.ts";

/** Opposite the logo: whether a call would ring here now. */
export function Header({ desk }: { desk: Desk }) {
  const { t } = useWords();
  const connection = useObservable(desk.connection);
  return (
    <div className="con-header">
      <p
        className={`con-chip con-chip-${connection}`}
        role="status"
        aria-label={t("connection.label")}
      >
        {t(`connection.chip.${connection}`)}
      </p>
      <LanguageSwitch />
    </div>
  );
}

/** Below the page: whose it is. */
export function Footer({ desk, onSignOut }: { desk: Desk; onSignOut: () => void }) {
  const { t } = useWords();
  return (
    <Row>
      <span className="ep-soft">{t("account.signedInAs", { name: desk.account.name })}</span>
      <Button variant="quiet" icon="leave" onPress={onSignOut}>
        {t("account.signOut")}
      </Button>
    </Row>
  );
}
