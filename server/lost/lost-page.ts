import { languageOf, plainPage } from "../http/plain-page.ts";

/*
 * [E5] What somebody sees who types the address of a printed receipt. The first page is the same for
 * every address, so it says of none whether it is good; what was wrong and what was used are one.
 */

const WORDS = {
  fr: {
    ask: {
      title: "Votre ordinateur est perdu ou volé\u00a0?",
      intro:
        "Avec ce bouton, tout s’arrête tout de suite. Avec Epaule, personne ne voit plus rien de l’ordinateur perdu.",
      steps: [
        "L’aide en cours s’arrête, et tous vos accords prennent fin.",
        "L’ordinateur perdu ne peut plus demander d’aide à personne.",
        "Les personnes qui vous aidaient voient que le lien avec cet ordinateur est fini. Sur un autre ordinateur, vous pourrez les ajouter de nouveau.",
      ],
      button: "Tout arrêter maintenant",
      after:
        "Cette page ne montre rien de vous, à personne. Vous hésitez\u00a0? Fermez-la\u00a0: rien ne s’est passé.",
    },
    done: {
      title: "C’est fait. Tout est arrêté.",
      lines: [
        "L’ordinateur perdu ne montre plus rien avec Epaule et ne peut plus demander d’aide. Cette adresse ne sert plus\u00a0: vous pouvez jeter le papier.",
        "Pensez aussi à changer vos mots de passe et à prévenir votre banque.",
        "Sur un autre ordinateur, installez Epaule, puis ajoutez de nouveau les personnes qui vous aident. Si vous retrouvez l’ancien, retirez-en d’abord l’extension Epaule, puis installez-la de nouveau.",
      ],
    },
    unknown: {
      title: "Cette adresse ne marche pas, ou elle a déjà servi",
      lines: [
        "Si elle a déjà servi, tout est arrêté\u00a0: vous n’avez plus rien à faire.",
        "Sinon, comparez-la, signe par signe, avec votre papier, et recommencez.",
      ],
    },
    tooMany: {
      title: "Trop d’essais en peu de temps",
      lines: ["Attendez dix minutes, puis recommencez. Rien n’a été changé."],
    },
    failed: {
      title: "Epaule ne répond pas",
      lines: ["Rien n’a encore été arrêté. Attendez une minute, puis recommencez."],
    },
  },
  en: {
    ask: {
      title: "Is your computer lost or stolen?",
      intro:
        "This button stops everything at once. With Epaule, nobody sees anything of the lost computer any more.",
      steps: [
        "The help that goes on stops, and all your agreements end.",
        "The lost computer can no longer ask anybody for help.",
        "The people who helped you see that the link with that computer is over. On another computer you can add them again.",
      ],
      button: "Stop everything now",
      after:
        "This page shows nothing about you, to anybody. Not sure? Close it: nothing has happened.",
    },
    done: {
      title: "Done. Everything has stopped.",
      lines: [
        "The lost computer shows nothing with Epaule any more and can no longer ask for help. This address is of no more use: you can throw the paper away.",
        "Think of changing your passwords and of telling your bank, too.",
        "On another computer, install Epaule, then add the people who help you again. If you find the old one, first remove the Epaule extension from it, then install it again.",
      ],
    },
    unknown: {
      title: "This address does not work, or has been used already",
      lines: [
        "If it has been used already, everything has stopped: there is nothing more to do.",
        "If not, compare it, sign by sign, with your paper, and start again.",
      ],
    },
    tooMany: {
      title: "Too many tries in a short time",
      lines: ["Wait ten minutes, then start again. Nothing has been changed."],
    },
    failed: {
      title: "Epaule does not answer",
      lines: ["Nothing has been stopped yet. Wait a minute, then start again."],
    },
  },
} as const;

export type LostAnswer = "done" | "unknown" | "tooMany" | "failed";

/** The form has no address of its own: it is sent to the page's. */
export function lostPage(acceptLanguage: string | undefined): string {
  const language = languageOf(acceptLanguage);
  const { title, intro, steps, button, after } = WORDS[language].ask;
  return plainPage(
    language,
    title,
    `<p>${intro}</p>
<ol role="list">
${steps.map((step) => `<li>${step}</li>`).join("\n")}
</ol>
<form method="post"><button type="submit">${button}</button></form>
<p class="soft">${after}</p>`,
  );
}

export function lostAnswerPage(acceptLanguage: string | undefined, answer: LostAnswer): string {
  const language = languageOf(acceptLanguage);
  const { title, lines } = WORDS[language][answer];
  return plainPage(language, title, lines.map((line) => `<p>${line}</p>`).join("\n"));
}
