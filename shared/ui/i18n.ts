import { createInstance } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";

import { uiWords } from "./words.ts";

const LANGUAGES = ["fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

type Words = { readonly [key: string]: string | Words };
type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };
/** The dotted paths of a catalogue; plural forms (`_one`, `_other`) go by their common name. */
type KeyOf<T> = {
  [K in keyof T & string]: T[K] extends string
    ? K extends `${infer Base}_${"one" | "other"}`
      ? Base
      : K
    : `${K}.${KeyOf<T[K]>}`;
}[keyof T & string];

export type Translate<T> = (key: KeyOf<T>, values?: Record<string, string | number>) => string;

const STORED = "epaule.language";

function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** The person's own choice, else the browser's language, else French. */
function firstLanguage(): Language {
  try {
    const stored = localStorage.getItem(STORED);
    if (isLanguage(stored)) return stored;
  } catch {
    // Storage refused: the browser's language will do.
  }
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? "fr";
}

/**
 * Called once per interface, before the first render. `useWords()` gives the interface's own
 * words; components of `shared/ui` find theirs under "ui".
 */
export function createWords<const T extends Words>(catalogues: { fr: T; en: SameKeys<T> }) {
  const i18n = createInstance();
  void i18n.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: "fr",
    defaultNS: "app",
    ns: ["app", "ui"],
    resources: {
      fr: { app: catalogues.fr, ui: uiWords.fr },
      en: { app: catalogues.en, ui: uiWords.en },
    },
    initAsync: false,
    returnNull: false,
    // React escapes; so nothing here is ever put in as HTML.
    interpolation: { escapeValue: false },
  });
  const markDocument = (): void => {
    document.documentElement.lang = i18n.language;
  };
  markDocument();
  i18n.on("languageChanged", markDocument);

  const t: Translate<T> = (key, values) => {
    const path: string = key;
    return i18n.t(path, { ...values });
  };
  return {
    /** Outside React: titles and notifications. */
    t,
    language: (): Language => (isLanguage(i18n.language) ? i18n.language : "fr"),
    /** Calls back after each change. */
    onLanguage(changed: (language: Language) => void): void {
      i18n.on("languageChanged", (next) => {
        if (isLanguage(next)) changed(next);
      });
    },
    /** For components: renders again when the language changes. */
    useWords(): { t: Translate<T>; language: Language } {
      const { i18n: current } = useTranslation("app", { i18n });
      return { t, language: isLanguage(current.language) ? current.language : "fr" };
    },
  };
}

/** Words that belong to one room of an interface: a hook, with or without `createWords`. */
export function createRoomWords<const T extends Words>(
  room: string,
  catalogues: { fr: T; en: SameKeys<T> },
): () => { t: Translate<T>; language: Language } {
  return function useRoomWords() {
    const { i18n } = useTranslation("ui");
    if (!i18n.hasResourceBundle("fr", room))
      for (const language of LANGUAGES)
        i18n.addResourceBundle(language, room, catalogues[language]);
    return {
      t: (key, values) => {
        const path: string = key;
        return i18n.t(path, { ...values, ns: room });
      },
      language: isLanguage(i18n.language) ? i18n.language : "fr",
    };
  };
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Storage refused: the choice holds until the page is closed.
  }
}
