import { expect, test } from "vitest";

import { utf8 } from "../bytes.ts";
import { contentHashOf } from "../crypto/digest.ts";
import {
  CONSENT_TEXTS,
  consentTextFor,
  findConsentText,
  renderConsentText,
} from "./consent-text.ts";

test("[G5] every text's hash is that of its body: a published text was not edited", async () => {
  for (const text of CONSENT_TEXTS) expect(await contentHashOf(utf8(text.body))).toBe(text.hash);
  expect(new Set(CONSENT_TEXTS.map(({ hash }) => hash)).size).toBe(CONSENT_TEXTS.length);
});

test("[G5] a published hash is found and any other is not", () => {
  for (const text of CONSENT_TEXTS) expect(findConsentText(text.hash)).toBe(text);
  expect(findConsentText("A".repeat(43))).toBeUndefined();
});

test("[G5] the French text says the promised sentences word for word, and never « mandat »", () => {
  const { body } = consentTextFor("fr");
  expect(body).toContain(
    "Ce que vous écrivez est caché. Ce qui est affiché sur la page se voit, même votre nom ou un numéro.",
  );
  expect(body).toContain(
    "Je peux arrêter quand je veux. Je clique sur « Arrêter ». Je n'ai pas à dire pourquoi.",
  );
  for (const text of CONSENT_TEXTS) expect(text.body.toLowerCase()).not.toContain("mandat");
});

test("[G5] each text has the same placeholders and as many paragraphs", () => {
  for (const text of CONSENT_TEXTS) {
    const placeholders = new Set(text.body.match(/\{\w+\}/g));
    expect(placeholders).toEqual(new Set(["{helper}", "{hosts}", "{hours}"]));
    expect(text.body.split("\n")).toHaveLength(text.voice ? 7 : 6);
  }
});

test("[G5] what is shown names the person, the sites and the time", () => {
  const session = { helper: "Léa", hosts: ["a.example.fr", "b.example.fr"], hours: 2 };
  const french = renderConsentText(consentTextFor("fr"), session);
  expect(french[0]).toBe(
    "Léa voit cette page en direct, et celles que vous ouvrez ensuite dans le même onglet. Seulement sur : a.example.fr et b.example.fr.",
  );
  expect(french[5]).toMatch(/^J'accepte que Léa m'aide ainsi, pendant 2\sheures au plus\.$/);
  const english = renderConsentText(consentTextFor("en"), { ...session, hours: 1 });
  expect(english[5]).toBe("I agree that Léa helps me in this way, for 1 hour at most.");
});

test("[G5] a name that looks like a placeholder or a pattern stays a name", () => {
  for (const helper of ["{hosts}", "$&", "$1", "{{hours}}"]) {
    const [first] = renderConsentText(consentTextFor("fr"), { helper, hosts: ["x.fr"], hours: 2 });
    expect(first?.startsWith(`${helper} voit`)).toBe(true);
  }
});

test("[A3] a text opens the voice exactly when it says that the microphone opens", () => {
  for (const { body, voice } of CONSENT_TEXTS) expect(/micro/i.test(body)).toBe(voice);
});
