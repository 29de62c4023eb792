import { createHash } from "node:crypto";

import { policy } from "../http/security-headers.ts";

/*
 * [P2] What somebody sees who opens the link in a browser. It has no script, so the secret after
 * the "#" is in no request, and it is the same for every identifier, so it says of none whether it exists.
 */

/** The look of `shared/ui/theme.css`, in short: this page loads nothing. */
const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #faf5ee; --surface: #fffdf9; --ink: #26211d; --ink-soft: #5d544c; --line: #d9cdbf;
  --accent: #a4432a; --accent-ink: #fffaf5;
  --serif: "Iowan Old Style", Charter, "Sitka Heading", Cambria, Georgia, "DejaVu Serif", serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b1714; --surface: #26211d; --ink: #f5ede4; --ink-soft: #c6b9ab; --line: #473d35;
    --accent: #f2a98d; --accent-ink: #32130a;
  }
}
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.125rem/1.6 "Segoe UI Variable Text", "Segoe UI", system-ui, sans-serif; }
header { display: flex; align-items: center; gap: 0.6rem; padding: 1.1rem 1.25rem;
  font: bold 1.5rem/1 var(--serif); }
header svg { width: 2.4rem; height: 2.4rem; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font: bold 2rem/1.25 var(--serif); margin: 0 0 1rem; text-wrap: balance; }
p { margin: 1rem 0; }
ol { list-style: none; counter-reset: step; margin: 2rem 0; padding: 1.25rem;
  background: var(--surface); border: 1px solid var(--line); border-radius: 0.75rem; }
li { counter-increment: step; position: relative; padding-left: 3.25rem; min-height: 2.25rem; }
li + li { margin-top: 1.1rem; }
li::before { content: counter(step); position: absolute; left: 0; top: 0; width: 2.25rem;
  text-align: center; border-radius: 50%; background: var(--accent); color: var(--accent-ink);
  font: bold 1.1rem/2.25rem var(--serif); }
.soft { color: var(--ink-soft); }
`;

const MARK = `<svg viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="12" fill="#a4432a"/><g fill="none" stroke="#fffaf5" stroke-width="3.2" stroke-linecap="round"><circle cx="14.5" cy="15.5" r="3.9"/><path d="M7 31c.4-5 3-8 7.5-8 3.4 0 5.8 1.7 6.9 4.8"/><circle cx="26" cy="11" r="3.9"/><path d="M18.6 20.6c1.6-2 4-3.1 7-2.9 4.9.3 7.4 4.2 7.8 13.3"/></g></svg>`;

const WORDS = {
  fr: {
    title: "Une personne vous invite sur Epaule",
    intro:
      "Cette personne veut pouvoir vous aider sur Internet. C’est vous qui gardez la main\u00a0: personne d’autre ne clique ni n’écrit.",
    steps: [
      "Si Epaule n’est pas encore dans ce navigateur, installez d’abord l’extension\u00a0: la personne qui vous invite vous dira où la trouver. Puis revenez sur cette page.",
      "Gardez cette page ouverte, et cliquez sur l’icône Epaule, en haut à droite du navigateur.",
      "Epaule vous montre qui vous invite. Vous acceptez, ou pas.",
    ],
    whole:
      "Le lien de cette page doit rester entier. Si vous le copiez, copiez-le jusqu’au bout\u00a0: la fin compte.",
    care: "Vous ne savez pas qui vous a envoyé ce lien\u00a0? Fermez cette page. Rien ne s’est passé.",
  },
  en: {
    title: "Someone invites you on Epaule",
    intro:
      "They would like to be able to help you online. You stay in charge: only you click and type.",
    steps: [
      "If Epaule is not in this browser yet, install it first: the person who invites you can tell you where to find it. Then come back to this page.",
      "Keep this page open, and click the Epaule icon, at the top right of the browser.",
      "Epaule shows you who invites you. You accept, or not.",
    ],
    whole:
      "The link of this page must stay whole. If you copy it, copy it to the very end: the end matters.",
    care: "You don’t know who sent you this link? Close this page. Nothing has happened.",
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
<header>${MARK}Epaule</header>
<main>
<h1>${words.title}</h1>
<p>${words.intro}</p>
<ol role="list">
${steps}
</ol>
<p>${words.whole}</p>
<p class="soft">${words.care}</p>
</main>
</body>
</html>
`;
}
