import { createHash } from "node:crypto";

import { policy } from "../http/security-headers.ts";

/*
 * [P2] What somebody sees who opens the link in a browser. It has no script, so the secret after
 * the "#" is in no request, and it is the same for every identifier, so it says of none whether it exists.
 */

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 1.125rem/1.6 system-ui, sans-serif; background: #fbf7f0; color: #2c2722; }
main { max-width: 36rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 1rem; }
ol { padding: 1rem 1rem 1rem 2.5rem; margin: 1.5rem 0; background: #ffffff; border: 1px solid #e4dacb; border-radius: 1rem; }
li { margin: 0.5rem 0; padding-left: 0.25rem; }
p { margin: 1rem 0; }
.quiet { color: #5c5348; }
@media (prefers-color-scheme: dark) {
  body { background: #1e1b18; color: #f3ece2; }
  ol { background: #292521; border-color: #4a433a; }
  .quiet { color: #cbbfae; }
}
`;

const WORDS = {
  fr: {
    title: "Une personne vous invite sur Epaule",
    intro:
      "Elle veut pouvoir vous aider sur Internet. Vous restez maître de tout : vous seul cliquez et écrivez.",
    steps: [
      "Si Epaule n'est pas encore dans ce navigateur, installez-la d'abord. Puis revenez sur cette page.",
      "Gardez cette page ouverte, et cliquez sur l'icône Epaule, en haut à droite du navigateur.",
      "Epaule vous montre qui vous invite. Vous acceptez, ou pas.",
    ],
    whole:
      "Le lien de cette page doit rester entier. Si vous le copiez, copiez-le jusqu'au bout : la fin compte.",
    care: "Vous ne savez pas qui vous a envoyé ce lien ? Fermez cette page. Rien ne s'est passé.",
  },
  en: {
    title: "Someone invites you on Epaule",
    intro:
      "They would like to be able to help you online. You stay in charge: only you click and type.",
    steps: [
      "If Epaule is not in this browser yet, install it first. Then come back to this page.",
      "Keep this page open, and click the Epaule icon, at the top right of the browser.",
      "Epaule shows you who invites you. You accept, or not.",
    ],
    whole:
      "The link of this page must stay whole. If you copy it, copy it to the very end: the end matters.",
    care: "You don't know who sent you this link? Close this page. Nothing has happened.",
  },
} as const;

export const invitationCsp = policy({
  "default-src": "'none'",
  "script-src": "'none'",
  "style-src": `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
});

/** French unless the browser asks for English first. */
export function invitationPage(acceptLanguage: string | undefined): string {
  const language = /^\s*en\b/i.test(acceptLanguage ?? "") ? "en" : "fr";
  const words = WORDS[language];
  const steps = words.steps.map((step) => `<li>${step}</li>`).join("\n");
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${words.title}</h1>
<p>${words.intro}</p>
<ol>
${steps}
</ol>
<p>${words.whole}</p>
<p class="quiet">${words.care}</p>
</main>
</body>
</html>
`;
}
