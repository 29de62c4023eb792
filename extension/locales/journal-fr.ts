/** The journal: its card in the panel, its page, and a sentence for each thing that it may say. */
export const journalFr = {
  card: {
    title: "Ce qui s’est passé",
    text: "Vos accords, vos appels et les sites montrés sont notés pour vous.",
    open: "Lire mon journal",
    broken:
      "Votre journal n’est plus le même qu’avant. Quelqu’un a pu y changer ou y enlever une ligne. Ouvrez-le pour savoir quoi faire.",
  },

  title: "Mon journal",
  lead: "Voici ce qui s’est passé entre vous et les personnes qui vous aident.",
  inside:
    "Ce journal ne contient ni vos pages, ni ce que vous écrivez, ni ce que vous dites. Les noms sont ceux que vous avez choisis\u00a0: ils restent dans ce navigateur.",
  reading: "On cherche votre journal…",
  failed: "Votre journal ne peut pas être lu en ce moment. Vérifiez votre connexion à Internet.",
  empty: "Rien n’est encore noté.",
  whole: "Tout se suit\u00a0: rien n’a été changé ni enlevé depuis la dernière lecture.",
  brokenTitle: "Attention\u00a0: ce journal n’est plus le même",
  broken:
    "À partir de la ligne {{row}}, il ne correspond plus à ce qui était noté. Une ligne a pu être changée ou enlevée. Ce n’est pas votre faute.",
  brokenDo: "Enregistrez une copie avec le bouton plus bas, puis demandez de l’aide.",
  write: "Écrivez à\u00a0:",
  writeNobody: "Demandez à la personne ou à l’organisme qui vous a donné Epaule.",
  row: "ligne {{row}}",
  older: "Voir ce qui est plus ancien",
  keep: "Garder une copie",
  print: "Imprimer",
  save: "Enregistrer dans un fichier",
  saveHelp:
    "Le fichier sert de preuve\u00a0: un spécialiste peut vérifier que rien n’y a été changé. Il ne contient aucun nom de personne.",
  close: "Fermer cette page",
  printed:
    "Imprimé le {{date}}. Appareil\u00a0: {{device}}. Dernière ligne\u00a0: {{row}}, {{hash}}.",

  contest: {
    open: "Une ligne n’est pas juste\u00a0?",
    how: "Cherchez la ligne plus haut, puis cliquez sur «\u00a0Pas juste\u00a0» à côté d’elle.",
    stop: "J’ai fini",
    button: "Pas juste",
    label: "Pas juste\u00a0: ligne {{row}}",
    title: "La ligne {{row}} n’est pas juste\u00a0?",
    text: "Epaule va noter que vous n’êtes pas d’accord avec cette ligne. Elle reste dans le journal, avec votre remarque à côté. La personne qui vous aide n’est pas prévenue.",
    confirm: "Noter mon désaccord",
    keep: "Ne rien noter",
    failed: "Cela n’a pas pu être noté. Vérifiez votre connexion, puis réessayez.",
    done: "C’est noté\u00a0: vous n’êtes pas d’accord avec la ligne {{row}}. Pour expliquer pourquoi, donnez ce numéro de ligne.",
    marked: "Le {{date}}, vous avez dit que cette ligne n’est pas juste.",
  },

  someone: "une personne qui n’est plus dans votre liste",
  pairingLink: "Vous avez ajouté {{name}}, avec un lien d’invitation.",
  pairingCode: "Vous avez ajouté {{name}}, avec un code et deux mots comparés.",
  pairingEndedByYou: "Vous avez retiré {{name}} de votre liste.",
  pairingBlockedByYou: "Vous avez retiré et bloqué {{name}}.",
  pairingEndedByThem: "{{name}} a mis fin au lien avec vous.",
  pairingBlockedByThem: "{{name}} a mis fin au lien avec vous, et ne veut plus de nouveau lien.",
  pairingPaused: "Vous avez mis {{name}} en pause\u00a0: vous ne pouviez plus l’appeler.",
  pairingResumed: "Vous avez repris avec {{name}}\u00a0: vous pouviez l’appeler de nouveau.",
  pairingUnblocked: "Vous avez débloqué {{name}}.",
  trustNamed:
    "Vous avez choisi {{name}} pour être prévenu(e) quand une nouvelle personne vous aide.",
  trustReleased: "{{name}} n’est plus prévenu(e) quand une nouvelle personne vous aide.",
  trustTold:
    "Un message pour {{name}}, sur sa page Epaule, disait qu’une nouvelle personne vous aidait.",
  grantGiven:
    "Vous avez accepté de montrer {{hosts}} à {{name}}. Votre accord valait jusqu’au {{until}} au plus tard.",
  receiptIssued: "Le reçu de cet accord avec {{name}} vous a été donné.",
  requested: "Vous avez appelé {{name}}.",
  answered: "{{name}} a répondu.",
  voiceOpened: "La voix a été ouverte entre {{name}} et vous.",
  entered: "Vous étiez sur le site {{host}}.",
  callLeft: "Vous avez laissé un appel à {{name}}.",
  deviceRetired: "Cet ordinateur a été déclaré perdu. Tout ce qui avait été accepté ici est fini.",
  contested: "Vous avez dit que la ligne {{row}} n’est pas juste.",
  resumed: "La pause s’est terminée\u00a0: {{name}} pouvait voir de nouveau.",
  unknown:
    "Une chose que cette version d’Epaule ne sait pas dire. Mettez Epaule à jour, puis rouvrez cette page.",
  paused: {
    asked: "Vous avez fait une pause. {{name}} ne voyait plus rien.",
    leftSite: "La page était hors de votre accord. {{name}} ne voyait plus rien.",
    hidden: "L’onglet montré était caché. {{name}} ne voyait plus rien.",
    bannerRemoved:
      "Le site avait effacé le bandeau d’Epaule. Par prudence, {{name}} ne voyait plus rien.",
    maskFailed:
      "Epaule n’était pas sûr de bien cacher ce que vous écriviez. Par prudence, {{name}} ne voyait plus rien.",
    break: "Il y a eu une coupure. {{name}} ne voyait plus rien.",
  },
  ended: {
    stopped: "Vous avez arrêté l’aide.",
    declined: "{{name}} ne pouvait pas vous aider à ce moment.",
    missed: "{{name}} n’a pas répondu.",
    cancelled: "Vous avez annulé l’appel.",
    revoked: "Vous avez retiré votre accord. L’aide s’est arrêtée.",
    expired: "Le temps prévu était écoulé. L’aide s’est arrêtée.",
    left: "{{name}} a mis fin à l’aide.",
    lost: "La connexion a été coupée trop longtemps. L’aide s’est arrêtée.",
    refused: "Vous avez refusé.",
    pairingEnded: "L’aide s’est arrêtée avec le lien entre {{name}} et vous.",
    forged: "Une vérification de sécurité a échoué. Par prudence, Epaule a tout arrêté.",
  },
  lastedLess: "L’aide a duré moins d’une minute.",
  lasted_one: "L’aide a duré {{count}} minute.",
  lasted_other: "L’aide a duré {{count}} minutes.",
};
