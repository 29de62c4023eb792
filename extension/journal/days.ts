import type { JournalRow } from "../../shared/journal/row.ts";
import type { Language } from "../../shared/ui/i18n.ts";

const LOCALES = { fr: "fr-FR", en: "en-GB" } as const;

/** By the clock and the calendar of this computer. */
export function createDates(language: Language) {
  const locale = LOCALES[language];
  const day = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  return {
    day: (at: string): string => day.format(new Date(at)),
    time: (at: string): string => time.format(new Date(at)),
    instant: (at: string): string => `${day.format(new Date(at))}, ${time.format(new Date(at))}`,
    list: (items: readonly string[]): string => list.format(items),
  };
}
export type Dates = ReturnType<typeof createDates>;

export type Day = { day: string; rows: JournalRow[] };

/** Newest day first; within a day, as it happened. */
export function groupByDay(rows: readonly JournalRow[], dates: Dates): Day[] {
  const days: Day[] = [];
  for (const row of rows) {
    const day = dates.day(row.at);
    const last = days.at(-1);
    if (last?.day === day) last.rows.push(row);
    else days.push({ day, rows: [row] });
  }
  return days.toReversed();
}

/** When each contested row was contested. */
export function findContested(rows: readonly JournalRow[]): Map<number, string> {
  return new Map(
    rows.flatMap(({ type, data, at }) =>
      type === "journal.contested" && typeof data["row"] === "number" ? [[data["row"], at]] : [],
    ),
  );
}
