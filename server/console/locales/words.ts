import { createWords, type Language } from "../../../shared/ui/i18n.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";

const words = createWords({ fr, en });

export const { t } = words;

export function useWords(): { t: typeof t; language: Language } {
  return words.useWords();
}
