import { Button } from "../../../../shared/ui/button.tsx";
import { Card, Heading, Stack, Text } from "../../../../shared/ui/layout.tsx";
import { formatInstant } from "../../locales/instants.ts";
import { useWords } from "../../locales/words.ts";
import type { Person } from "../../people/circle.ts";
import { useObservable } from "../../store/observable.ts";
import type { MissedCalls } from "./missed-calls.ts";

export function MissedCard({ missed, people }: { missed: MissedCalls; people: readonly Person[] }) {
  const { t, language } = useWords();
  const calls = useObservable(missed);
  if (calls.length === 0) return null;
  const title = t("missed.title", { count: calls.length });
  return (
    <Card label={title}>
      <Stack>
        <Heading>{title}</Heading>
        <Text>{t("missed.advice")}</Text>
        <ul className="con-list">
          {calls.map(({ call, pairing, at }) => {
            const person = people.find((known) => known.pairing === pairing);
            const label = person?.label ?? t("missed.someone");
            const when = formatInstant(at, language);
            return (
              <li key={call} className="con-item">
                <p className="con-item-who">{t("missed.line", { label, when })}</p>
                <div className="con-item-do">
                  <Button
                    aria-label={t("missed.seenOf", { label, when })}
                    onPress={() => void missed.markSeen(call).catch(() => missed.refresh())}
                  >
                    {t("missed.seen")}
                  </Button>
                </div>
              </li>
            );
          })}
        </ul>
      </Stack>
    </Card>
  );
}
