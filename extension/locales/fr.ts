import { journalFr } from "./journal-fr.ts";
import { receiptFr } from "./receipt-fr.ts";
import { talkFr } from "./talk-fr.ts";

/** Everything that the beneficiary reads in the panel. Short sentences, one idea each. */
export const fr = {
  wait: "Un instant…",
  silent: "Epaule ne répond pas. Fermez ce panneau, puis cliquez de nouveau sur l’icône d’Epaule.",
  offline: {
    title: "Pas de connexion",
    text: "Votre ordinateur n’est pas relié à Internet, ou Epaule ne répond pas. Attendez un peu\u00a0: cela revient tout seul.",
    live: "Le bouton «\u00a0Arrêter\u00a0» marche quand même.",
  },
  journal: journalFr,
  retired: {
    title: "Epaule ne connaît plus cet ordinateur",
    text: "Il a été déclaré perdu\u00a0: il ne montre plus rien à personne. S’il est de nouveau chez vous, retirez l’extension Epaule, installez-la de nouveau, puis ajoutez les personnes qui vous aident.",
  },
  talk: talkFr,
  receipt: receiptFr,
  back: "Revenir à l’accueil",
  retry: "Essayer à nouveau",

  person: {
    who: "Qui est-ce\u00a0?",
    whoOf: "Qui est-ce\u00a0? {{name}}",
    ownName: "Son nom, écrit par cette personne",
    role: "Son rôle",
    check: "Vérification",
    roles: {
      relative: "Un proche",
      volunteer: "Bénévole",
      mediator: "Médiateur ou médiatrice numérique",
    },
    checks: { none: "non vérifié" },
    line: "{{role}}, {{check}}",
    unverified: "Epaule n’a pas vérifié ce nom.",
    refused_one: "En pause par prudence, encore {{count}} minute.",
    refused_other: "En pause par prudence, encore {{count}} minutes.",
    ended: "Cette personne a mis fin au lien avec vous. Elle ne peut plus vous aider.",
    paused: "En pause\u00a0: vous avez choisi de ne pas appeler {{name}} pour le moment.",
    pause: "Mettre en pause",
    pauseOf: "Mettre en pause {{name}}",
    resume: "Fin de la pause",
    resumeOf: "Fin de la pause pour {{name}}",
    trusted:
      "Votre personne à prévenir\u00a0: Epaule lui dit quand quelqu’un de nouveau vous aide.",
  },
  withMe: {
    label: "Qui est avec vous",
    nobody: "En ce moment, personne n’est avec vous. Personne ne voit votre page.",
    calling: "Personne n’est encore avec vous. On appelle {{name}}.",
    one: "En ce moment, {{name}} est avec vous, et personne d’autre.",
    waiting: "On attend {{name}}, et personne d’autre.",
    not: "Pas avec vous\u00a0: {{names}}.",
  },
  trust: {
    open: "Choisir {{name}} comme personne à prévenir",
    title: "Choisir {{name}} comme personne à prévenir\u00a0?",
    text: "Quand quelqu’un de nouveau vous aidera pour la première fois, {{name}} le lira sur sa page Epaule, la prochaine fois qu’elle sera ouverte. Epaule ne dira ni qui vous aide, ni sur quel site.",
    instead: "{{other}} ne sera plus votre personne à prévenir. Epaule le lui dira.",
    told: "Epaule dira votre choix à {{name}}.",
    confirm: "Choisir {{name}}",
    keep: "Ne rien changer",
    stop: "Ne plus prévenir {{name}}",
    stopTitle: "Ne plus prévenir {{name}}\u00a0?",
    stopText:
      "{{name}} ne saura plus quand quelqu’un de nouveau vous aide. Epaule lui dira ce changement.",
    stopBeware:
      "Quelqu’un vous demande de faire cela\u00a0? C’est peut-être une arnaque. Téléphonez d’abord à {{name}}.",
    stopConfirm: "Ne plus prévenir",
    stopKeep: "Continuer à prévenir {{name}}",
  },
  blocked: {
    title: "Les personnes bloquées",
    text: "Leurs invitations sont refusées. Elles ne peuvent pas vous aider.",
    unnamed: "Une personne sans nom",
    lift: "Débloquer {{name}}",
    liftTitle: "Débloquer {{name}}\u00a0?",
    liftText:
      "Vous pourrez de nouveau accepter une invitation de cette personne. Sans nouvelle invitation, elle ne peut pas vous aider.",
    keep: "Ne pas débloquer",
    confirm: "Débloquer",
  },

  home: {
    title: "Besoin d’aide sur cette page\u00a0?",
    ask: "Demander de l’aide",
    askOne: "Demander de l’aide à {{name}}",
    nothingYet: "Rien n’est montré avant votre accord.",
    circle: "Les personnes qui m’aident",
    add: "Ajouter quelqu’un",
    emptyTitle: "Bienvenue",
    empty1: "Avec Epaule, une personne de confiance vous guide sur une page Internet.",
    empty2: "Ajoutez d’abord cette personne, avec l’invitation qu’elle vous a donnée.",
    choose: "Qui appeler\u00a0?",
    chooseBack: "Ne pas appeler",
    nobody: "Personne ne peut être appelé pour le moment.",
  },
  page: {
    unknownTitle: "Quelle page montrer\u00a0?",
    unknown:
      "Ouvrez le site où il vous faut de l’aide. Puis cliquez sur l’icône d’Epaule, en haut à droite de la fenêtre.",
    refusedTitle: "Cette page ne peut pas être montrée",
    refused:
      "Epaule ne montre que les sites protégés\u00a0: leur adresse commence par https://. Ouvrez le site où il vous faut de l’aide.",
  },
  notice: {
    pageChanged:
      "La page a changé avant votre accord. Rien n’a été montré. Demandez de l’aide à nouveau sur la page qui est devant vous.",
    pageElsewhere: "La page devant vous n’est plus celle de la dernière fois. Rien n’a été montré.",
    personRemoved:
      "C’est fait. La personne que vous avez retirée ne voit plus rien et ne peut plus vous aider.",
    permissionRefused:
      "Le navigateur n’a pas reçu votre autorisation. Rien n’est montré. Cliquez de nouveau sur «\u00a0J’accepte\u00a0», puis sur «\u00a0Autoriser\u00a0».",
    refusedPerson:
      "Par prudence, cette personne ne peut pas être appelée pendant une heure. Rien n’est montré.",
    pausedPerson:
      "Vous avez mis cette personne en pause. Pour l’appeler, cliquez d’abord sur «\u00a0Fin de la pause\u00a0».",
  },

  remove: {
    open: "Retirer {{name}}",
    title: "Retirer {{name}}\u00a0?",
    text: "{{name}} ne pourra plus vous aider. Pour changer d’avis, il faudra une nouvelle invitation.",
    confirm: "Retirer",
    block: "Retirer et bloquer",
    liveText: "L’aide en cours s’arrête tout de suite. {{name}} ne verra plus rien.",
    blockText:
      "«\u00a0Bloquer\u00a0» refuse aussi les invitations que cette personne ferait avec le même appareil, tant que vous ne la débloquez pas.",
    keep: "Ne pas retirer",
    gone: "Retirer de la liste",
  },

  add: {
    title: "Ajouter quelqu’un",
    intro: "Cette personne vous a donné une invitation\u00a0: un lien, ou un code de 8 chiffres.",
    field: "Lien ou code",
    help: "Collez le lien entier, ou tapez les 8 chiffres.",
    empty: "Collez le lien, ou tapez le code.",
    submit: "Continuer",
    reading: "On cherche cette invitation…",
    cancel: "Annuler",
    whoTitle: "Est-ce bien cette personne\u00a0?",
    whoWarn:
      "Nous n’avons pas vérifié ce nom. Continuez seulement si vous connaissez cette personne et que c’est bien elle qui vous a donné cette invitation.",
    nameField: "Comment l’appelez-vous\u00a0?",
    nameHelp: "Par exemple\u00a0: Marie, ma fille, mon voisin. Vous seul voyez ce nom.",
    nameEmpty: "Écrivez un nom.",
    nameLong: "Ce nom est trop long\u00a0: 60 lettres au plus.",
    accept: "Oui, ajouter cette personne",
    refuse: "Non, ne pas ajouter",
    saving: "On ajoute cette personne…",
    wordsTitle: "Comparez les deux mots",
    wordsIntro:
      "Lisez ces deux mots à voix haute, au téléphone ou côte à côte. {{name}} doit avoir les deux mêmes.",
    wordsLabel: "Vos deux mots",
    wordsWait: "On attend {{name}}. Cette personne doit accepter de son côté.",
    same: "Ce sont les mêmes mots",
    different: "Ce ne sont pas les mêmes",
    confirmed: "C’est noté. On attend que {{name}} confirme aussi.",
    madeTitle: "{{name}} peut maintenant vous aider",
    made: "Rien n’est montré pour l’instant. C’est toujours vous qui appelez.",
    done: "Terminer",
  },
  problem: {
    unreadable:
      "Ce n’est ni un lien d’invitation, ni un code de 8 chiffres. Vérifiez ce que vous avez collé ou tapé.",
    halfLink:
      "Il manque la fin du lien. Copiez-le en entier, puis collez-le ici. Le plus simple\u00a0: ouvrez le lien, puis cliquez sur l’icône d’Epaule.",
    otherServer:
      "Cette invitation vient d’un autre service Epaule. Elle ne marche pas ici. Demandez conseil à la personne qui vous l’a donnée.",
    different:
      "Les mots n’étaient pas les mêmes. Par prudence, ce code ne sert plus à rien. Demandez une nouvelle invitation.",
    brokenOff:
      "L’ajout s’est arrêté avant la fin, et ce code ne sert plus. Demandez une nouvelle invitation.",
    blocked:
      "Vous avez bloqué cette personne. Son invitation est refusée, et personne n’a été ajouté.",
    notFound:
      "Cette invitation est introuvable. Elle est peut-être trop ancienne, déjà utilisée ou mal recopiée. Vérifiez, ou demandez-en une nouvelle.",
    keyChanged:
      "Ce lien ne correspond pas à la personne qui répond. Par prudence, rien n’a été ajouté. Demandez-lui une nouvelle invitation.",
    tooMany: "Trop d’essais en peu de temps. Attendez quelques minutes, puis réessayez.",
    away: "Pour un code, la personne doit être connectée à Epaule en même temps que vous. Appelez-la, puis réessayez.",
  },

  question: {
    title: "Avant de commencer avec {{name}}",
    text: "C’est la première fois avec cette personne. Une question, pour votre sécurité\u00a0: comment cela s’est-il passé\u00a0?",
    beware:
      "Aucune administration ni aucune banque ne vous appelle pour vous demander d’installer Epaule ou de montrer votre écran.",
    inert: "Prenez le temps de lire. Vous pourrez répondre dans quelques secondes.",
    left_one: "Encore {{count}} seconde",
    left_other: "Encore {{count}} secondes",
    ready: "Vous pouvez répondre.",
    together: "Nous sommes ensemble",
    iCalled: "Je l’ai appelé",
    wasCalled: "On m’a appelé",
    cancel: "Annuler",
  },
  warned: {
    title: "Raccrochez",
    text: "Rien n’a été montré. Quelqu’un qui vous appelle peut se faire passer pour une autre personne.",
    call: "Raccrochez, puis rappelez {{name}} sur un numéro que vous connaissez déjà.",
    hour: "Par prudence, Epaule n’appellera pas {{name}} pendant une heure.",
    done: "J’ai compris",
  },

  consent: {
    title: "Montrer cette page à {{name}}\u00a0?",
    hosts_one: "L’adresse que vous montrez",
    hosts_other: "Les adresses que vous montrez",
    otherOpen: "Ce service utilise une autre adresse\u00a0?",
    otherText:
      "Parfois, la connexion se fait sur un autre site. Ajoutez son adresse seulement si vous la connaissez.",
    otherField: "Autre adresse",
    otherHelp: "Par exemple\u00a0: connexion.exemple.fr",
    otherAdd: "Ajouter cette adresse",
    otherBad:
      "Cette adresse ne peut pas être ajoutée. Il faut le nom d’un site protégé, par exemple connexion.exemple.fr",
    otherThere: "Cette adresse est déjà dans la liste.",
    otherFull: "La liste est pleine.",
    browser:
      "Si vous acceptez, le navigateur vous demandera d’autoriser ces adresses. Répondez «\u00a0Autoriser\u00a0». L’autorisation s’arrête avec l’aide.",
    accept: "J’accepte",
    refuse: "Je refuse",
    asking:
      "Le navigateur vous pose une question, en haut de la fenêtre. Répondez «\u00a0Autoriser\u00a0».",
    busy: "On prévient {{name}}…",
    told: "C’est la première fois avec {{name}}. Quand {{name}} répondra, {{trusted}}, votre personne à prévenir, lira sur sa page Epaule que quelqu’un de nouveau vous aide. Epaule ne dira ni qui, ni sur quel site.",
  },
  ringing: {
    title: "On appelle {{name}}…",
    text: "{{name}} ne voit encore rien.",
    left_one: "Encore {{count}} seconde",
    left_other: "Encore {{count}} secondes",
    cancel: "Annuler l’appel",
  },
  unanswered: {
    away: {
      title: "{{name}} n’est pas connecté(e)",
      text: "Rien n’a été montré. Vous pouvez lui laisser un appel\u00a0: {{name}} saura que vous avez besoin d’aide.",
    },
    declined: {
      title: "{{name}} ne peut pas vous aider maintenant",
      text: "Rien n’a été montré. Réessayez plus tard, ou téléphonez-lui.",
    },
    missed: {
      title: "{{name}} n’a pas répondu",
      text: "Rien n’a été montré. {{name}} verra que vous avez appelé.",
    },
    leave: "Laisser un appel",
    left: "Votre appel est laissé. {{name}} le verra en revenant.",
    failed: "L’appel n’a pas pu être laissé. Réessayez, ou téléphonez-lui.",
  },

  live: {
    title: {
      sees: "{{name}} voit cette page",
      joining: "{{name}} a répondu",
      held: "{{name}} ne voit rien",
    },
    stop: "Arrêter",
    keys: "Pour arrêter au clavier, appuyez en même temps sur {{keys}}.",
    pause: "Pause",
    resume: "Reprendre",
    sees: "Ce qui est affiché se voit. Ce que vous écrivez est caché.",
    hosts: "Votre accord vaut seulement pour\u00a0:",
    link: {
      opening: "La connexion avec {{name}} se prépare…",
      open: "La connexion avec {{name}} est bonne.",
      lost: "La connexion avec {{name}} est coupée. On essaie de la rétablir.",
    },
    hold: {
      asked:
        "Vous avez fait une pause. Cliquez sur «\u00a0Reprendre\u00a0» quand vous voulez continuer.",
      leftSite:
        "La page devant vous est hors de votre accord. {{name}} verra de nouveau quand vous reviendrez sur une adresse de la liste.",
      hidden: "L’onglet montré est caché. {{name}} verra de nouveau quand vous y reviendrez.",
      bannerRemoved:
        "Ce site a effacé plusieurs fois le bandeau d’Epaule. Par prudence, tout est en pause. Cliquez sur «\u00a0Reprendre\u00a0» seulement si vous êtes sûr de ce site.",
      maskFailed:
        "Epaule n’est pas sûr de bien cacher ce que vous écrivez sur cette page. Par prudence, tout est en pause. Vous pouvez reprendre, ou arrêter.",
      break:
        "Il y a eu une coupure. Par prudence, tout est en pause. Cliquez sur «\u00a0Reprendre\u00a0» pour continuer.",
    },
    needsPage: "Pour reprendre, ouvrez d’abord une des adresses ci-dessous dans cette fenêtre.",
    shown: "{{name}} vous montre",
    onElement: "Sur la page\u00a0: «\u00a0{{element}}\u00a0»",
    noText: "{{name}} vous montre un endroit de la page.",
    states: {
      shown: "C’est entouré sur la page.",
      outside: "C’est plus haut ou plus bas. La page vous propose d’y aller.",
      lost: "Cet endroit n’est plus sur la page.",
      refused: "Cet endroit ne peut pas être montré ici.",
    },
  },
  ended: {
    title: "L’aide est terminée",
    seesNothing: "{{name}} ne voit plus rien. Les autorisations sont retirées.",
    again: "Demander à nouveau",
    reason: {
      stopped: "Vous avez arrêté l’aide, ou fermé l’onglet que vous montriez.",
      declined: "{{name}} ne peut pas vous aider maintenant.",
      missed: "{{name}} n’a pas répondu.",
      cancelled: "Vous avez annulé l’appel.",
      revoked: "Vous avez retiré votre accord.",
      expired: "Le temps prévu est écoulé\u00a0: deux heures au plus.",
      left: "{{name}} a mis fin à l’aide.",
      lost: "La connexion a été coupée trop longtemps.",
      refused: "Vous avez refusé. Rien n’a été montré.",
      pairingEnded:
        "Le lien entre {{name}} et vous n’existe plus. Il faut une nouvelle invitation.",
      forged:
        "Une vérification de sécurité a échoué. Par prudence, Epaule a tout arrêté. Avant de recommencer, téléphonez à {{name}} sur un numéro que vous connaissez déjà.",
    },
  },
};
