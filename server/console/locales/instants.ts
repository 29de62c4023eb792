import type { Language } from "../../../shared/ui/i18n.ts";

/** "dimanche 23 novembre à 14:05": a day that can be said aloud, in the person's own time zone. */
export function formatInstant(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(instant));
}
