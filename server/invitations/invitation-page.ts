import { languageOf, plainCsp, plainPage } from "../http/plain-page.ts";

/*
 * [P2] What somebody sees who opens the link in a browser. It has no script, so the secret after
 * the "#" is in no request, and it is the same for every identifier, so it says of none whether it exists.
 */

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

export const invitationCsp = plainCsp();

/** French unless the browser asks for English first. */
export function invitationPage(acceptLanguage: string | undefined): string {
  const language = languageOf(acceptLanguage);
  const words = WORDS[language];
  const steps = words.steps.map((step) => `<li>${step}</li>`).join("\n");
  return plainPage(
    language,
    words.title,
    `<p>${words.intro}</p>
<ol role="list">
${steps}
</ol>
<p>${words.whole}</p>
<p class="soft">${words.care}</p>`,
  );
}
