import { assertNever } from "../../../shared/errors.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Notice, type NoticeKind, Row } from "../../../shared/ui/layout.tsx";
import { useWords } from "../locales/words.ts";
import { useObservable } from "../store/observable.ts";
import type { CallNews } from "./call-state.ts";
import type { Calls } from "./calls.ts";

/** What became of the last call, and a session that another tab shows. */
export function CallNotices({ calls }: { calls: Calls }) {
  const { t } = useWords();
  const { news, otherTab } = useObservable(calls);
  return (
    <>
      {otherTab && (
        <Notice kind="info" live="polite" title={t("call.otherTitle")}>
          <p>{t("call.otherText", { label: otherTab.label })}</p>
          <Row>
            <Button variant="primary" onPress={() => calls.takeOver()}>
              {t("call.takeOver")}
            </Button>
          </Row>
        </Notice>
      )}
      {news && <NewsNotice news={news} onDismiss={() => calls.dismiss()} />}
    </>
  );
}

function NewsNotice({ news, onDismiss }: { news: CallNews; onDismiss: () => void }) {
  const { t } = useWords();
  const label = news.label ?? t("people.refused.someone");
  const dismiss = (
    <Row>
      <Button onPress={onDismiss}>{t("page.understood")}</Button>
    </Row>
  );
  switch (news.type) {
    case "refused":
      return (
        <Notice kind="error" live="assertive" title={t("call.refused.title")}>
          <p>{t(`call.refused.${news.why}`, { label })}</p>
          {dismiss}
        </Notice>
      );
    case "over": {
      const kind: NoticeKind = news.reason === "forged" ? "error" : "info";
      return (
        <Notice kind={kind} live="polite" title={t("call.over.title")}>
          <p>{t(`call.over.${news.reason}`, { label })}</p>
          {dismiss}
        </Notice>
      );
    }
    case "missed":
    case "cancelled":
    case "elsewhere":
    case "declined":
    case "answer-failed":
      return (
        <Notice kind={news.type === "missed" ? "warn" : "info"} live="polite">
          <p>{t(`call.${news.type}`, { label })}</p>
          {dismiss}
        </Notice>
      );
    default:
      return assertNever(news);
  }
}
