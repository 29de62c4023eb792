import { Button } from "../../../shared/ui/button.tsx";
import { Notice, Row } from "../../../shared/ui/layout.tsx";
import { useWords } from "../locales/words.ts";
import { useObservable } from "../store/observable.ts";
import type { Circle, CircleNews } from "./circle.ts";

/** Who joined, whose link has ended, and which link was refused. */
export function CircleNotices({ circle }: { circle: Circle }) {
  const { t } = useWords();
  const { news, people, loaded, failed } = useObservable(circle);
  // Somebody may have been renamed since.
  const labelOf = ({ pairing, label }: CircleNews) =>
    people.find((person) => person.pairing === pairing)?.label ??
    label ??
    t("people.refused.someone");
  return (
    <>
      {failed !== undefined && !loaded && (
        <Notice kind="warn" live="polite">
          <p>{t("people.failed")}</p>
          <Row>
            <Button onPress={() => void circle.refresh()}>{t("page.retry")}</Button>
          </Row>
        </Notice>
      )}
      {news.map((item) => (
        <NewsNotice
          key={item.pairing}
          item={item}
          label={labelOf(item)}
          onDismiss={() => circle.dismiss(item.pairing)}
        />
      ))}
    </>
  );
}

function NewsNotice({
  item,
  label,
  onDismiss,
}: {
  item: CircleNews;
  label: string;
  onDismiss: () => void;
}) {
  const { t } = useWords();
  const dismiss = (
    <Row>
      <Button onPress={onDismiss}>{t("page.understood")}</Button>
    </Row>
  );
  if (item.type === "refused")
    return (
      <Notice kind="error" live="assertive" title={t("people.refused.title")}>
        <p>{t(`people.refused.${item.why}`, { label })}</p>
        {dismiss}
      </Notice>
    );
  return (
    <Notice kind={item.type === "joined" ? "success" : "info"} live="polite">
      <p>{t(`people.${item.type}`, { label })}</p>
      {dismiss}
    </Notice>
  );
}
