import type { ReactNode } from "react";

import type { JournalRow } from "../../shared/journal/row.ts";
import { useWords } from "../panel/words/words.ts";

/** `contested`: when the person said that it is not right. */
export function RowItem({
  row,
  time,
  sentence,
  contested,
  children,
}: {
  row: JournalRow;
  time: string;
  sentence: string;
  contested: string | undefined;
  children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <li className="ep-journal-row">
      <time className="ep-journal-time" dateTime={row.at}>
        {time}
      </time>
      <div className="ep-journal-said">
        <p>
          {sentence}{" "}
          <span className="ep-soft ep-small">({t("journal.row", { row: row.seq })})</span>
        </p>
        {contested !== undefined && (
          <p className="ep-journal-contested">{t("journal.contest.marked", { date: contested })}</p>
        )}
        {children}
      </div>
    </li>
  );
}
