/** The receipt, as it is read and printed: what was agreed to, and what to do with it. */
export const receiptFr = {
  open: "Voir mon reçu",
  openAll: "Mes reçus",
  openText: "Le reçu de votre accord s’ouvre dans un nouvel onglet. Vous pouvez l’imprimer.",
  whileOpen: "S’il cache la page montrée, {{name}} ne voit rien pendant ce temps.",
  page: "Mon reçu",
  none: "Vous n’avez pas encore de reçu",
  noneText: "Chaque fois que vous acceptez de l’aide, Epaule garde ici le reçu de votre accord.",
  print: "Imprimer",
  save: "Enregistrer le reçu",
  saveText:
    "Le fichier enregistré est signé\u00a0: il prouve ce que vous avez accepté. Vous n’avez pas besoin de l’ouvrir.",
  close: "Fermer cette page",
  others: "Mes autres reçus",
  other: "{{name}}, {{when}}",

  title: "Reçu de votre accord",
  lead: "Vous avez accepté d’être aidé sur Internet.",
  who: "Qui vous aide",
  given: "Accord donné",
  until: "Accord valable",
  untilSession: "le temps de cette aide, et au plus tard jusqu’à {{time}}",
  untilDate: "jusqu’au {{when}}",
  sites: "Seulement sur",
  text: "Ce que vous avez accepté",
  lost: {
    title: "Ordinateur perdu ou volé\u00a0?",
    text: "Prenez un autre ordinateur ou un téléphone. Tapez cette adresse, ou photographiez le carré. Cliquez sur «\u00a0Tout arrêter maintenant\u00a0».",
    keep: "Gardez ce papier chez vous, loin de l’ordinateur.",
    qr: "La même adresse, à photographier avec un téléphone",
  },
  rights: {
    title: "Vos droits",
    text: "Vous pouvez demander à voir, à corriger ou à effacer ce qui vous concerne. Écrivez à\u00a0: {{who}}.",
    complain: "Vous pouvez aussi vous plaindre à la CNIL\u00a0: www.cnil.fr",
  },
  number: "Reçu n° {{number}}, signé par {{server}}",
};
