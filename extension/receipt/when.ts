type Language = "fr" | "en";

/** « dimanche 29 novembre 2026 à 10:12 » */
export function sayWhen(at: string, language: Language): string {
  return format(at, language, { dateStyle: "full", timeStyle: "short" });
}

/** « 29 novembre 2026 à 10:12 » */
export function sayWhenShort(at: string, language: Language): string {
  return format(at, language, { dateStyle: "long", timeStyle: "short" });
}

/** The time alone where it is of the same day as `from`, by this computer's own calendar. */
export function sayUntil(at: string, from: string, language: Language): string {
  const sameDay = new Date(at).toDateString() === new Date(from).toDateString();
  return sameDay ? format(at, language, { timeStyle: "short" }) : sayWhenShort(at, language);
}

function format(at: string, language: Language, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, style).format(new Date(at));
}
