import { createWords } from "../../../shared/ui/i18n.ts";
import { en } from "../../locales/en.ts";
import { fr } from "../../locales/fr.ts";

const words = createWords({ fr, en });

export const useWords: typeof words.useWords = () => words.useWords();
export const language: typeof words.language = () => words.language();
export const onLanguage: typeof words.onLanguage = (changed) => words.onLanguage(changed);
