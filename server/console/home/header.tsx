import { Button } from "../../../shared/ui/button.tsx";
import { LanguageSwitch } from "../../../shared/ui/language-switch.tsx";
import type { Desk } from "../app/desk.ts";
import { useWords } from "../locales/words.ts";
import { useObservable } from "../store/observable.ts";

export function Header({ desk, onSignOut }: { desk: Desk; onSignOut: () => void }) {
  const { t } = useWords();
  const connection = useObservable(desk.connection);
  return (
    <div className="con-header">
      <p
        className={`con-chip con-chip-${connection}`}
        role="status"
        aria-label={t("connection.label")}
      >
        {t(`connection.${connection}`)}
      </p>
      <LanguageSwitch />
      <Button variant="quiet" icon="leave" onPress={onSignOut}>
        {t("account.signOut")}
      </Button>
    </div>
  );
}
