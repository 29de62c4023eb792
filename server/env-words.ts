import type { Sentence } from "./startup-error.ts";

const ORIGIN: Sentence = {
  fr: "une origine, sans chemin, est attendue, comme https://epaule.example.org",
  en: "an origin without path is expected, like https://epaule.example.org",
};

/** What each variable must be. None quotes what it was: it may be a password in the wrong place. */
const EXPECTED = {
  NODE_ENV: {
    fr: "production ou development est attendu",
    en: "production or development is expected",
  },
  PORT: {
    fr: "un nombre entier de 0 à 65535 est attendu",
    en: "a whole number from 0 to 65535 is expected",
  },
  PUBLIC_URL: ORIGIN,
  PLAYER_URL: ORIGIN,
  DATABASE_URL: {
    fr: "une adresse comme postgres://utilisateur:motdepasse@hote:5432/epaule est attendue",
    en: "an address like postgres://user:password@host:5432/epaule is expected",
  },
  REDIS_URL: {
    fr: "une adresse comme redis://hote:6379 est attendue",
    en: "an address like redis://host:6379 is expected",
  },
  SMTP_URL: {
    fr:
      "une adresse comme smtp://utilisateur:motdepasse@mail.example.org:587 ou smtps://… est attendue\u00a0; " +
      "ce qui est spécial dans l’utilisateur et le mot de passe s’écrit en %, et requireTLS est le seul paramètre",
    en:
      "must be like smtp://user:password@mail.example.org:587 or smtps://…, with what is special in " +
      "user and password percent-encoded, and no parameter but requireTLS",
  },
  TRUSTED_PROXIES: {
    fr: "des adresses ou des réseaux sont attendus, comme 10.0.0.7, 10.1.0.0/16, 2001:db8::/48",
    en: "must be addresses or networks, like 10.0.0.7, 10.1.0.0/16, 2001:db8::/48",
  },
  CONTACT: {
    fr: "une adresse de courriel est attendue, comme aide@epaule.example.org",
    en: "must be a mail address, like help@epaule.example.org",
  },
  AUTH_SECRET: {
    fr: "32 caractères ou plus sont attendus",
    en: "must have 32 characters or more",
  },
  LOG_LEVEL: {
    fr: "debug, info, warn ou error est attendu",
    en: "debug, info, warn or error is expected",
  },
} satisfies Record<string, Sentence>;

/** The variables that are not free text. */
export type Judged = keyof typeof EXPECTED;

/** `names`: of the variables that are not what they must be. */
export function notRight(names: ReadonlySet<string>): Sentence {
  const wrong = Object.entries(EXPECTED).filter(([name]) => names.has(name));
  const fr = wrong.map(([name, expected]) => `${name}\u00a0: ${expected.fr}`);
  const en = wrong.map(([name, expected]) => `${name}: ${expected.en}`);
  return {
    fr: `L’environnement n’est pas correct. ${fr.join("\u00a0; ")}.`,
    en: `The environment is not right. ${en.join("; ")}.`,
  };
}

export const PRODUCTION_URLS: Sentence = {
  fr: "La production a besoin de PUBLIC_URL et de PLAYER_URL, deux origines différentes en https, comme https://epaule.example.org et https://player.epaule.example.org.",
  en: "Production needs PUBLIC_URL and PLAYER_URL, two different https origins, like https://epaule.example.org and https://player.epaule.example.org.",
};

export const SAME_ORIGIN: Sentence = {
  fr: "PLAYER_URL doit être une autre origine que PUBLIC_URL.",
  en: "PLAYER_URL must be another origin than PUBLIC_URL.",
};
