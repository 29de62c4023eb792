import { useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";

import { Button } from "../../shared/ui/button.tsx";
import { Card, Heading, Notice, Stack, Text } from "../../shared/ui/layout.tsx";
import type { JournalView } from "../messaging/links.ts";
import { useWords } from "../panel/words/words.ts";
import { ContestRow } from "./contest-row.tsx";
import { createDates, findContested, groupByDay } from "./days.ts";
import { exportJournal } from "./export-journal.ts";
import type { JournalTools } from "./journal-page.tsx";
import { RowItem } from "./row-item.tsx";
import { type Telling, tellRow } from "./sentences.ts";
import { WriteTo } from "./write-to.tsx";

/** What is shown at first, and what each click adds. */
const ROWS = 100;

export function JournalList({
  view,
  tools,
  again,
}: {
  view: JournalView;
  tools: JournalTools;
  again: () => Promise<void>;
}) {
  const { t, language } = useWords();
  const [count, setCount] = useState(ROWS);
  const [isContesting, setContesting] = useState(false);
  const [done, setDone] = useState<number>();
  const dates = useMemo(() => createDates(language), [language]);
  const { rows, people, contact, fault } = view;
  const telling: Telling = {
    t,
    nameOf: (device) => people.find((person) => person.device === device)?.name,
    instant: dates.instant,
    list: dates.list,
  };
  const contested = findContested(rows);
  const last = rows.at(-1);

  function printAll(): void {
    flushSync(() => {
      setCount(rows.length);
      setContesting(false);
    });
    tools.print();
  }

  return (
    <>
      {fault ? (
        <Notice kind="error" title={t("journal.brokenTitle")} live="assertive">
          <p>{t("journal.broken", { row: fault.seq })}</p>
          <p>{t("journal.brokenDo")}</p>
          <WriteTo contact={contact} />
        </Notice>
      ) : (
        last && <Notice kind="success">{t("journal.whole")}</Notice>
      )}
      {!last && !fault && <Text>{t("journal.empty")}</Text>}
      {groupByDay(rows.slice(-count), dates).map(({ day, rows: ofDay }) => (
        <Card key={day} label={day}>
          <Heading level={2}>{day}</Heading>
          <ol className="ep-journal">
            {ofDay.map((row) => (
              <RowItem
                key={row.seq}
                row={row}
                time={dates.time(row.at)}
                sentence={tellRow(row, telling)}
                contested={dateOf(contested.get(row.seq), dates.instant)}
              >
                {isContesting && row.type !== "journal.contested" && !contested.has(row.seq) && (
                  <ContestRow
                    row={row.seq}
                    sentence={tellRow(row, telling)}
                    contest={tools.contest}
                    onDone={async () => {
                      setDone(row.seq);
                      setContesting(false);
                      await again();
                    }}
                  />
                )}
              </RowItem>
            ))}
          </ol>
        </Card>
      ))}
      {(last ?? fault) && (
        <div className="ep-screen-only">
          <Stack gap="l">
            {count < rows.length && (
              <Button wide onPress={() => setCount(count + ROWS)}>
                {t("journal.older")}
              </Button>
            )}
            {last && (
              <Stack gap="s">
                {done !== undefined && <Contested key={done} row={done} contact={contact} />}
                {isContesting && (
                  <Notice kind="info" live="polite">
                    {t("journal.contest.how")}
                  </Notice>
                )}
                <Button wide onPress={() => setContesting(!isContesting)}>
                  {t(isContesting ? "journal.contest.stop" : "journal.contest.open")}
                </Button>
              </Stack>
            )}
            <Stack>
              <Heading level={2}>{t("journal.keep")}</Heading>
              <Button wide onPress={printAll}>
                {t("journal.print")}
              </Button>
              <Button wide onPress={() => tools.save(fileName(), exportJournal(view))}>
                {t("journal.save")}
              </Button>
              <Text kind="small">{t("journal.saveHelp")}</Text>
            </Stack>
          </Stack>
        </div>
      )}
      {last && (
        <p className="ep-print-only">
          {t("journal.printed", {
            date: dates.instant(new Date().toISOString()),
            device: view.device,
            row: last.seq,
            hash: last.hash,
          })}
        </p>
      )}
    </>
  );
}

/** Takes the focus: the button that was pressed is gone. */
function Contested({ row, contact }: { row: number; contact: string | null }) {
  const { t } = useWords();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1}>
      <Notice kind="success">
        <p>{t("journal.contest.done", { row })}</p>
        <WriteTo contact={contact} />
      </Notice>
    </div>
  );
}

function dateOf(at: string | undefined, instant: (at: string) => string): string | undefined {
  return at === undefined ? undefined : instant(at);
}

function fileName(): string {
  return `epaule-journal-${new Date().toISOString().slice(0, 10)}.json`;
}
