/** One sentence in both languages, for the person at the terminal. */
export interface Sentence {
  fr: string;
  en: string;
}

export type Language = keyof Sentence;

/** Why the server cannot start. Its message is in English; `words` has what the terminal shows. */
export class StartupError extends Error {
  readonly words: Sentence;

  constructor(words: Sentence, options?: { cause?: unknown }) {
    super(words.en, options);
    this.name = "StartupError";
    this.words = words;
  }
}

/** French, unless the terminal's language is English; `npm start` has the same rule. */
export function terminalLanguage(variables: Record<string, string | undefined>): Language {
  const locale = variables["LC_ALL"] || variables["LC_MESSAGES"] || variables["LANG"] || "";
  return /^en/i.test(locale) ? "en" : "fr";
}
