import { type ContentHash, contentHashSchema } from "../ids.ts";

/**
 * [G5] What a person reads before « J'accepte ». It promises what this build does and nothing else.
 * `hash` is SHA-256 of the body: a published text is never edited, a new one is added above it.
 */
export type ConsentText = {
  hash: ContentHash;
  language: "fr" | "en";
  version: number;
  /** [A3] It says that the microphone opens: without that, there is no voice. */
  voice: boolean;
  /** One paragraph a line; {helper}, {hosts} and {hours} stand for this session's. */
  body: string;
};

export const CONSENT_TEXTS: readonly ConsentText[] = [
  {
    hash: contentHashSchema.parse("On6x4KSKgz7EmD8zEBw1lKF3cSxtqyJfddzggyp_hOE"),
    language: "fr",
    version: 2,
    voice: true,
    body: [
      "{helper} voit cette page en direct, et celles que vous ouvrez ensuite dans le même onglet. Seulement sur : {hosts}.",
      "Ce que vous écrivez est caché. Ce qui est affiché sur la page se voit, même votre nom ou un numéro.",
      "{helper} peut vous montrer où cliquer. {helper} ne peut pas cliquer, écrire, payer ou signer à votre place.",
      "Si vous avez autorisé le micro, il s'ouvre : {helper} vous entend et vous parle. Vous pouvez couper votre micro. Vous pouvez aussi vous envoyer des messages.",
      "Rien n'est filmé ni enregistré. Epaule garde seulement votre accord, et ceci : qui vous aide, la date, les sites, la durée, les pauses, et si la voix était ouverte.",
      "J'accepte que {helper} m'aide ainsi, pendant {hours} au plus.",
      "Je peux arrêter quand je veux. Je clique sur « Arrêter ». Je n'ai pas à dire pourquoi.",
    ].join("\n"),
  },
  {
    hash: contentHashSchema.parse("o_UqYzH7gLYZZsPeX2fgTo49FhkR8Eyb7M2Y6LiN1B8"),
    language: "en",
    version: 2,
    voice: true,
    body: [
      "{helper} sees this page live, and the pages that you open next in the same tab. Only on: {hosts}.",
      "What you type is hidden. What the page shows can be seen, even your name or a number.",
      "{helper} can show you where to click. {helper} cannot click, type, pay or sign for you.",
      "If you allowed the microphone, it opens: {helper} hears you and talks to you. You can switch your microphone off. You can also send each other messages.",
      "Nothing is filmed or recorded. Epaule keeps only your agreement, and this: who helps you, the date, the sites, how long, the pauses, and whether the voice was on.",
      "I agree that {helper} helps me in this way, for {hours} at most.",
      "I can stop whenever I want. I click “Stop”. I don't have to say why.",
    ].join("\n"),
  },
  {
    hash: contentHashSchema.parse("8pgoWTiVZRyRi1GOF8RUiD72VJ-iEBUkAbQvSX6ywAg"),
    language: "fr",
    version: 1,
    voice: false,
    body: [
      "{helper} voit cette page en direct, et celles que vous ouvrez ensuite dans le même onglet. Seulement sur : {hosts}.",
      "Ce que vous écrivez est caché. Ce qui est affiché sur la page se voit, même votre nom ou un numéro.",
      "{helper} peut vous montrer où cliquer. {helper} ne peut pas cliquer, écrire, payer ou signer à votre place.",
      "Rien n'est filmé. Epaule garde seulement votre accord, et ceci : qui vous aide, la date, les sites, la durée et les pauses.",
      "J'accepte que {helper} m'aide ainsi, pendant {hours} au plus.",
      "Je peux arrêter quand je veux. Je clique sur « Arrêter ». Je n'ai pas à dire pourquoi.",
    ].join("\n"),
  },
  {
    hash: contentHashSchema.parse("lvMZwBciSIaRAovGbjoVnM2eTAZul3pwyNZDzSwmDM4"),
    language: "en",
    version: 1,
    voice: false,
    body: [
      "{helper} sees this page live, and the pages that you open next in the same tab. Only on: {hosts}.",
      "What you type is hidden. What the page shows can be seen, even your name or a number.",
      "{helper} can show you where to click. {helper} cannot click, type, pay or sign for you.",
      "Nothing is filmed. Epaule keeps only your agreement, and this: who helps you, the date, the sites, how long, and the pauses.",
      "I agree that {helper} helps me in this way, for {hours} at most.",
      "I can stop whenever I want. I click “Stop”. I don't have to say why.",
    ].join("\n"),
  },
];

/** The newest in that language. */
export function consentTextFor(language: "fr" | "en"): ConsentText {
  const text = CONSENT_TEXTS.find((candidate) => candidate.language === language);
  if (!text) throw new Error(`no consent text in ${language}`);
  return text;
}

/** `undefined` for a hash that was never published: such a grant is refused. */
export function findConsentText(hash: string): ConsentText | undefined {
  return CONSENT_TEXTS.find((text) => text.hash === hash);
}

/** The paragraphs, to be shown as plain text. A name that contains a placeholder stays as it is. */
export function renderConsentText(
  { body, language }: ConsentText,
  { helper, hosts, hours }: { helper: string; hosts: readonly string[]; hours: number },
): string[] {
  const words: Record<string, string> = {
    helper,
    hosts: new Intl.ListFormat(language).format(hosts),
    hours: new Intl.NumberFormat(language, {
      style: "unit",
      unit: "hour",
      unitDisplay: "long",
    }).format(hours),
  };
  return body
    .split("\n")
    .map((line) => line.replaceAll(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole));
}
