import { Button } from "../../../../shared/ui/button.tsx";
import { Dialog } from "../../../../shared/ui/dialog.tsx";
import { Spinner, Text } from "../../../../shared/ui/layout.tsx";
import { useWords } from "../../locales/words.ts";
import { useObservable } from "../../store/observable.ts";
import type { SpokenPairing } from "./spoken-pairing.ts";

/** [P4] Above any screen, as long as somebody types one of our codes. */
export function SpokenDialog({ spoken }: { spoken: SpokenPairing }) {
  const { t } = useWords();
  const state = useObservable(spoken);
  if (state.step === "none") return null;
  const { label } = state;
  const stop = <Button onPress={() => void spoken.refuse()}>{t("spoken.cancel")}</Button>;
  const close = (
    <Button variant="primary" onPress={() => spoken.close()}>
      {t("page.understood")}
    </Button>
  );
  const shared = { isOpen: true, dismissable: false, onClose: () => spoken.close() };

  switch (state.step) {
    case "preparing":
      return (
        <Dialog {...shared} title={t("spoken.preparingTitle", { label })} actions={stop}>
          <Spinner>{t("spoken.preparing")}</Spinner>
        </Dialog>
      );
    case "comparing":
    case "confirming":
      return (
        <Dialog
          {...shared}
          title={t("spoken.title", { label })}
          actions={
            <>
              <Button
                variant="primary"
                isPending={state.step === "confirming"}
                onPress={() => void spoken.confirm()}
              >
                {t("spoken.same")}
              </Button>
              <Button onPress={() => void spoken.refuse()}>{t("spoken.different")}</Button>
            </>
          }
        >
          <Text>{t("spoken.text", { label })}</Text>
          <Words words={state.words} />
          <Text kind="soft">{t("spoken.safe", { label })}</Text>
        </Dialog>
      );
    case "waiting":
      return (
        <Dialog {...shared} title={t("spoken.waitingTitle", { label })} actions={stop}>
          <Words words={state.words} />
          <Spinner>{t("spoken.waiting", { label })}</Spinner>
        </Dialog>
      );
    case "made":
      return (
        <Dialog {...shared} title={t("spoken.madeTitle")} actions={close}>
          <p role="status">{t("spoken.made", { label })}</p>
        </Dialog>
      );
    case "failed":
      return (
        <Dialog {...shared} title={t("spoken.failedTitle")} actions={close}>
          <p role="alert">{t(`spoken.failed.${state.why}`)}</p>
        </Dialog>
      );
    default:
      return null;
  }
}

/** In French in both languages: they are read aloud to each other. */
function Words({ words }: { words: readonly [string, string] }) {
  const { t } = useWords();
  return (
    <ul className="con-words" lang="fr" aria-label={t("spoken.words")}>
      {words.map((word, at) => (
        <li key={`${at} ${word}`}>{word}</li>
      ))}
    </ul>
  );
}
