type Language = "fr" | "en";

/** What stands on the key. A browser writes a shortcut in English, in its own language, or in a Mac's signs. */
const NAMES: Record<Language, Readonly<Record<string, string>>> = {
  fr: {
    shift: "Maj",
    command: "Commande",
    space: "Espace",
    "⇧": "Maj",
    "⌥": "Option",
    "⌘": "Commande",
    "⌃": "Contrôle",
  },
  en: {
    maj: "Shift",
    espace: "Space",
    "⇧": "Shift",
    "⌥": "Option",
    "⌘": "Command",
    "⌃": "Control",
  },
};

/** `Alt+Maj+S` in words: « Alt, Maj et S ». */
export function keysInWords(shortcut: string, language: Language): string {
  const keys = shortcut.match(/[⇧⌥⌘⌃]|[^+⇧⌥⌘⌃]+/gu) ?? [];
  const names = keys.map((key) => NAMES[language][key.toLowerCase()] ?? key);
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names);
}
