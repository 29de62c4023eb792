export const fr = {
  page: {
    title: "Epaule\u00a0: aider à distance",
    loading: "Epaule s’ouvre…",
    retry: "Réessayer",
    back: "Retour",
    close: "Fermer",
    understood: "J’ai compris",
    unreachable: {
      title: "Epaule ne répond pas",
      text: "Vérifiez votre connexion à Internet. Vous n’avez rien perdu.",
    },
    storage: {
      title: "Ce navigateur refuse d’enregistrer",
      text: "Epaule doit garder une clé dans ce navigateur pour que l’on vous reconnaisse. Permettez l’enregistrement pour ce site, quittez la fenêtre privée, ou prenez un autre navigateur.",
    },
    refused: {
      title: "Ce navigateur n’a pas pu être enregistré",
      text: "Déconnectez-vous, puis connectez-vous à nouveau.",
    },
  },

  signIn: {
    title: "Aidez quelqu’un, à son épaule",
    lead: "Une personne que vous connaissez est bloquée sur un site\u00a0? Vous voyez sa page en direct, et vous lui montrez où cliquer. Elle seule clique et écrit.",
    promise: "Ce qu’elle écrit reste caché. Elle peut tout arrêter d’un clic.",
    create: {
      title: "Je viens pour la première fois",
      name: "Votre nom, tel que la personne que vous aidez le connaît",
      nameHelp: "Par exemple\u00a0: Claire Morel, ou Tonton Jean. Cette personne le verra.",
      nameMissing: "Écrivez d’abord votre nom.",
      passkey: "Créer mon compte avec une clé d’accès",
      explain:
        "Une clé d’accès remplace le mot de passe\u00a0: c’est votre empreinte, votre visage ou le code de votre ordinateur.",
    },
    open: {
      title: "J’ai déjà un compte",
      passkey: "Me connecter avec ma clé d’accès",
    },
    mail: {
      instead: "Sans clé d’accès\u00a0: recevoir un lien par courriel",
      address: "Votre adresse de courriel",
      addressWrong: "Cette adresse ne semble pas complète. Par exemple\u00a0: claire@exemple.fr",
      send: "Recevoir un lien par courriel",
      sentTitle: "Regardez vos courriels",
      sent: "Un lien est parti vers {{address}}. Ouvrez-le dans les 15 minutes, avec ce navigateur. Regardez aussi dans les courriers indésirables (spam).",
    },
    failed: {
      cancelled: "La clé d’accès n’a pas été donnée. Vous pouvez réessayer.",
      unsupported:
        "Ce navigateur ne connaît pas les clés d’accès. Mettez-le à jour, ou prenez un autre navigateur.",
      already:
        "Cet appareil a déjà un compte. Choisissez «\u00a0Me connecter avec ma clé d’accès\u00a0».",
      unknown: "Cette clé d’accès n’est pas connue ici. Créez un compte, ou essayez-en une autre.",
      mail: "Le courriel n’a pas pu partir. Réessayez dans quelques minutes, ou prenez une clé d’accès.",
      "too-many": "Trop d’essais en peu de temps. Attendez une minute, puis réessayez.",
      unavailable: "Epaule ne répond pas. Vérifiez votre connexion, puis réessayez.",
      failed: "Cela n’a pas marché. Réessayez dans un instant.",
    },
    notice: {
      "link-dead": "Ce lien de connexion ne marche plus. Demandez-en un nouveau ci-dessous.",
      "signed-out": "Vous n’êtes plus connecté. Connectez-vous pour recevoir des appels.",
      "mail-proved":
        "Votre adresse est confirmée\u00a0: un courriel y annoncera les appels manqués. Vous pouvez vous connecter, ou fermer cette page.",
      "mail-dead":
        "Ce lien de confirmation ne marche plus. Connectez-vous pour voir quelle adresse est enregistrée, ou pour en demander un autre.",
    },
  },

  proving: {
    title: "Avez-vous demandé cela\u00a0?",
    text: "Quelqu’un a donné votre adresse de courriel pour un compte d’aidant d’Epaule. Si c’est vous, confirmez\u00a0: on vous préviendra à cette adresse quand vous manquez un appel, et elle permettra de se connecter à ce compte. Si ce n’est pas vous, refusez\u00a0: rien ne changera.",
    yes: "Oui, c’est moi\u00a0: confirmer mon adresse",
    no: "Non, ce n’est pas moi",
  },
  naming: {
    title: "Comment vous appelez-vous\u00a0?",
    save: "Continuer",
  },

  account: {
    signedInAs: "Votre compte\u00a0: {{name}}",
    signOut: "Se déconnecter",
  },

  connection: {
    label: "Connexion",
    chip: {
      connecting: "Connexion…",
      online: "Connecté",
      offline: "Connexion perdue",
      stopped: "Déconnecté",
    },
    connecting: "Un instant…",
    online: "Vous êtes joignable",
    offline: "On ne peut pas vous joindre",
    stopped: "On ne peut pas vous joindre",
    onlineText: "Gardez cette page ouverte\u00a0: elle sonnera dès que l’on vous appellera.",
    connectingText: "Cette page se prépare à recevoir des appels.",
    offlineText: "La connexion est perdue. Elle revient toute seule dès que possible.",
    stoppedText:
      "Par prudence, cette page s’est déconnectée. Pour recevoir des appels, reconnectez-la.",
    reconnect: "Se reconnecter",
  },

  home: {
    hello: "Bonjour {{name}}",
    invite: "Inviter quelqu’un",
    firstTitle: "Trois étapes pour aider quelqu’un",
    first: {
      invite: "Créez une invitation",
      inviteText: "Un lien et un code sont faits pour une seule personne.",
      give: "Donnez-la à cette personne",
      giveText: "De la main à la main, par message, ou au téléphone.",
      wait: "Attendez ici son appel",
      waitText: "Gardez cette page ouverte. C’est toujours la personne aidée qui appelle.",
    },
  },

  keeping: {
    label: "Ce que ce navigateur retient",
    unsure:
      "Vos liens avec les personnes aidées sont gardés dans ce navigateur. Si l’ordinateur manque de place, il peut les oublier\u00a0: permettez les notifications ou mettez cette page dans vos favoris.",
    "seven-days":
      "Safari oublie tout d’un site après 7 jours sans visite. Ouvrez Epaule au moins une fois par semaine, ou prenez un autre navigateur. Sinon, il faudra inviter à nouveau chaque personne.",
    private:
      "Cette fenêtre semble privée\u00a0: à sa fermeture, le navigateur oubliera vos liens avec les personnes aidées. Ouvrez plutôt Epaule dans une fenêtre ordinaire.",
  },

  alert: {
    title: "Pour ne manquer aucun appel",
    allow: "Être prévenu(e) aussi quand cette page est derrière",
    allowed: "Une notification s’affichera aussi quand cette page est derrière.",
    denied:
      "Les notifications sont bloquées pour ce site. Vous pouvez les permettre dans les réglages du navigateur, près de l’adresse de la page.",
    test: "Essayer la sonnerie",
    heard: "Vous devez entendre deux notes douces. Sinon, montez le son.",
    silent: "Le navigateur bloque encore le son. Cliquez dans la page, puis réessayez.",
    blocked:
      "Le navigateur bloque le son tant que vous n’avez pas cliqué dans cette page. Cliquez sur «\u00a0Essayer la sonnerie\u00a0».",
  },

  mail: {
    title: "Me prévenir aussi par courriel",
    explain:
      "Si quelqu’un vous appelle quand cette page est fermée, un courriel peut vous le dire. C’est facultatif.",
    add: "Ajouter mon adresse",
    change: "Changer l’adresse",
    other: "Demander un autre lien",
    remove: "Retirer l’adresse",
    leave: "Ne rien changer",
    send: "Recevoir le lien",
    linkFirst: "Un lien y sera envoyé. L’adresse sera enregistrée quand vous l’aurez ouvert.",
    same: "C’est déjà l’adresse enregistrée.",
    sent: "Un lien est parti vers {{address}}. Ouvrez-le dans les 15 minutes\u00a0: l’adresse sera alors enregistrée. Regardez aussi dans les courriers indésirables (spam).",
    known: "Les appels manqués sont annoncés à {{address}}.",
    signsIn: "Un lien envoyé à cette adresse permet aussi de vous connecter.",
    onlyWay:
      "C’est aussi elle qui ouvre votre compte\u00a0: vous pouvez la changer, mais pas la retirer.",
    removeTitle: "Retirer cette adresse\u00a0?",
    removeText:
      "Vous ne recevrez plus de courriel après un appel manqué, et cette adresse n’ouvrira plus votre compte. Votre clé d’accès l’ouvrira toujours.",
    removed: "L’adresse est retirée.",
    proved:
      "L’adresse {{address}} est confirmée. Un courriel y annoncera les appels que vous aurez manqués.",
    dead: "Ce lien de confirmation ne marche plus\u00a0: il a déjà servi, ou il a plus de 15 minutes. Vous pouvez en demander un autre en bas de cette page.",
    deadKnown:
      "Ce lien de confirmation ne marche plus\u00a0: il a déjà servi, ou il a plus de 15 minutes. L’adresse enregistrée est {{address}}.",
    failed: {
      UNAVAILABLE:
        "Le courriel n’a pas pu partir. Vérifiez l’adresse, puis réessayez dans quelques minutes.",
      TOO_MANY: "Trop de liens demandés en peu de temps. Attendez dix minutes, puis réessayez.",
    },
  },

  people: {
    title: "Les personnes que j’aide",
    none: "Personne pour l’instant. Invitez quelqu’un pour commencer.",
    ready: "Peut vous appeler",
    elsewhere_one:
      "Une autre personne est liée à un autre de vos navigateurs\u00a0: ses appels sonnent là-bas.",
    elsewhere_other:
      "{{count}} autres personnes sont liées à un autre de vos navigateurs\u00a0: leurs appels sonnent là-bas.",
    rename: "Changer le nom",
    renameOf: "Changer le nom de {{label}}",
    end: "Mettre fin",
    endOf: "Mettre fin au lien avec {{label}}",
    renameField: "Comment appelez-vous cette personne\u00a0?",
    renameHelp: "Ce nom reste dans ce navigateur. Personne d’autre ne le voit.",
    renameSave: "Enregistrer",
    nameMissing: "Écrivez un nom, 60 lettres au plus.",
    endTitle: "Mettre fin au lien avec {{label}}\u00a0?",
    endText:
      "{{label}} ne pourra plus vous appeler. Pour l’aider à nouveau, il faudra une nouvelle invitation.",
    endConfirm: "Mettre fin au lien",
    block: "Bloquer aussi cette personne\u00a0: même une nouvelle invitation sera refusée",
    joined: "{{label}} a accepté votre invitation et peut maintenant vous appeler.",
    ended: "Le lien avec {{label}} est terminé. Vous pouvez inviter à nouveau cette personne.",
    refused: {
      title: "Un lien a été refusé par prudence",
      "wrong-mac":
        "L’invitation pour {{label}} a été acceptée par quelqu’un qui n’avait pas le vrai lien. Ce lien a été arrêté\u00a0: rien n’a été montré. Refaites une invitation et donnez-la directement.",
      "no-secret":
        "Quelqu’un a accepté une invitation que ce navigateur ne connaît pas, ou plus. Ce lien a été arrêté\u00a0: rien n’a été montré. Refaites une invitation.",
      "key-changed":
        "L’appareil de {{label}} n’est plus le même. Par prudence, le lien est arrêté. Appelez cette personne à un numéro que vous connaissez, puis refaites une invitation.",
      someone: "cette personne",
    },
    failed: "La liste n’a pas pu être lue.",
  },

  invite: {
    title: "Inviter quelqu’un",
    who: "Pour qui est cette invitation\u00a0?",
    whoHelp: "Par exemple\u00a0: Maman, ou M. Petit. Ce nom reste dans ce navigateur.",
    whoMissing: "Écrivez le nom de la personne, 60 lettres au plus.",
    create: "Créer l’invitation",
    forTitle: "Invitation pour {{label}}",
    valid: "Valable 24 h, une seule fois.",
    validUntil: "Valable jusqu’au {{when}}, une seule fois.",
    before:
      "L’ordinateur de {{label}} doit avoir l’extension Epaule. Vous, vous n’avez rien à installer.",
    linkTitle: "Par message\u00a0: le lien",
    linkText:
      "Envoyez ce lien à {{label}}, entier, par un moyen sûr. Vous n’avez pas à être là quand il sera ouvert.",
    link: "Lien d’invitation",
    copy: "Copier le lien",
    copied: "Lien copié. Collez-le dans un message pour {{label}}.",
    copyFailed: "La copie n’a pas marché. Sélectionnez le lien, puis copiez-le.",
    qrTitle: "Ensemble\u00a0: l’image à photographier",
    qrText: "À ouvrir avec l’appareil de {{label}}, si vous êtes côte à côte.",
    qrAlt: "Code QR de l’invitation pour {{label}}",
    codeTitle: "Au téléphone\u00a0: le code",
    code: "Code à dire",
    codeText:
      "Gardez cette page ouverte. Dites\u00a0: «\u00a0Clique sur l’icône d’Epaule, puis sur “Ajouter quelqu’un”, et écris ces huit chiffres.\u00a0» Ensuite, deux mots s’affichent chez vous deux\u00a0: ils doivent être les mêmes.",
    codeSafe: "Ne le dites qu’à une personne que vous avez appelée vous-même.",
    done: "Terminé",
    openTitle: "Invitations en attente",
    for: "Pour {{label}}",
    madeElsewhere: "Faite dans un autre navigateur\u00a0: son lien ne se voit que là-bas.",
    show: "Montrer",
    showOf: "Montrer l’invitation pour {{label}}",
    cancel: "Annuler",
    cancelOf: "Annuler l’invitation pour {{label}}",
    cancelOther: "Annuler l’invitation faite dans un autre navigateur",
    cancelTitle: "Annuler cette invitation\u00a0?",
    cancelText: "Son lien et son code ne marcheront plus.",
    cancelConfirm: "Annuler l’invitation",
    cancelKeep: "La garder",
    tooMany: "Vous avez fait 20 invitations en un jour. Réessayez demain.",
    gone: "Cette invitation a servi, ou n’est plus valable.",
  },

  spoken: {
    preparingTitle: "{{label}} écrit votre code",
    preparing: "Un instant\u00a0: les deux mots se préparent…",
    title: "Comparez ces deux mots avec {{label}}",
    text: "Lisez-les à voix haute. {{label}} doit voir exactement les mêmes, dans le même ordre.",
    words: "Les deux mots",
    safe: "Si vous n’êtes pas sûr d’être avec {{label}}, dites non.",
    same: "Ce sont les mêmes mots",
    different: "Ce ne sont pas les mêmes",
    waitingTitle: "On attend {{label}}",
    waiting: "Vous avez dit oui. {{label}} doit aussi dire que ce sont les mêmes mots.",
    cancel: "Arrêter",
    madeTitle: "C’est fait",
    made: "{{label}} peut maintenant vous appeler. Gardez cette page ouverte.",
    failedTitle: "Le lien ne s’est pas fait",
    failed: {
      different:
        "Les mots n’étaient pas les mêmes\u00a0: quelqu’un pouvait être entre vous deux. Rien n’a été montré. Ce code ne marche plus\u00a0; refaites une invitation, de préférence côte à côte.",
      broken:
        "La connexion s’est coupée, ou l’un de vous a arrêté. Ce code ne marche plus\u00a0: refaites une invitation.",
    },
  },

  trust: {
    named:
      "{{label}} vous a choisi comme personne à prévenir. Quand quelqu’un de nouveau l’aidera, cette page vous le dira.",
    released:
      "Depuis le {{when}}, vous n’êtes plus la personne à prévenir de {{label}}. Si cela vous étonne, téléphonez à {{label}}, à un numéro que vous connaissez.",
    firstTitle: "Quelqu’un de nouveau aide {{label}}",
    firstSession:
      "Le {{when}}, {{label}} a appelé pour la première fois une nouvelle personne, qui a répondu. Si cela vous étonne, téléphonez tout de suite à {{label}}, à un numéro que vous connaissez. Epaule ne dit ni qui, ni sur quel site.",
    seenOf: "J’ai compris\u00a0: {{label}}, {{when}}",
  },

  missed: {
    title_one: "Un appel manqué",
    title_other: "{{count}} appels manqués",
    line: "{{label}}, {{when}}",
    someone: "Une personne",
    advice: "Appelez cette personne au téléphone\u00a0: c’est elle qui redemandera de l’aide.",
    seen: "C’est vu",
    seenOf: "C’est vu\u00a0: appel de {{label}}, {{when}}",
  },

  call: {
    tab: "☎ {{label}} vous appelle",
    notification: "{{label}} vous demande de l’aide",
    notificationText: "Cliquez ici pour répondre.",
    title: "{{label}} vous appelle",
    ask: "{{label}} vous demande de l’aide sur\u00a0:",
    means:
      "Si vous répondez, vous verrez cette page en direct. Ce que {{label}} écrit reste caché. Vous pourrez montrer où cliquer, rien de plus.",
    hours_one:
      "{{label}} vous permet de voir pendant {{count}} heure au plus, et peut arrêter à tout moment.",
    hours_other:
      "{{label}} vous permet de voir pendant {{count}} heures au plus, et peut arrêter à tout moment.",
    answer: "Répondre",
    decline: "Refuser",
    also: "{{label}} vous appelle aussi. Vous pourrez rappeler cette personne après.",
    missed: "Vous avez manqué l’appel de {{label}}. Appelez cette personne au téléphone.",
    cancelled: "{{label}} a renoncé à son appel.",
    elsewhere: "L’appel de {{label}} a été pris dans un autre onglet.",
    declined: "Vous avez refusé l’appel de {{label}}.",
    "answer-failed":
      "Cela n’a pas marché\u00a0: l’appel de {{label}} n’était plus là. Attendez un nouvel appel.",
    refused: {
      title: "Un appel a été refusé par prudence",
      "unknown-person":
        "L’appel venait de quelqu’un que ce navigateur ne connaît pas. Rien n’a été montré.",
      forged:
        "L’accord joint à l’appel de {{label}} n’est pas de son appareil. Rien n’a été montré. Appelez cette personne à un numéro que vous connaissez.",
      "not-ours":
        "L’accord joint à l’appel de {{label}} était pour quelqu’un d’autre. Rien n’a été montré.",
      "unknown-text":
        "L’accord de {{label}} a été donné sur un texte que cette page ne connaît pas. Rechargez la page, puis demandez un nouvel appel.",
    },
    otherTitle: "Une séance est ouverte dans un autre onglet",
    otherText:
      "Vous aidez {{label}} dans un autre onglet. S’il est fermé, vous pouvez reprendre ici.",
    takeOver: "Reprendre la séance ici",
    over: {
      title: "L’aide est terminée",
      stopped: "{{label}} a arrêté l’aide.",
      declined: "L’appel de {{label}} a été refusé.",
      missed: "L’appel de {{label}} a été manqué.",
      cancelled: "{{label}} a renoncé à son appel.",
      revoked: "{{label}} a retiré son accord.",
      expired: "Le temps convenu avec {{label}} est passé. {{label}} peut vous rappeler.",
      left: "Vous avez quitté l’aide de {{label}}.",
      lost: "La connexion avec {{label}} a été coupée trop longtemps. {{label}} peut vous rappeler.",
      refused: "{{label}} a préféré ne pas être aidé maintenant.",
      "pairing-ended": "Le lien avec {{label}} est terminé.",
      forged:
        "Une vérification de sécurité a échoué. Par prudence, tout a été arrêté. Appelez {{label}} à un numéro que vous connaissez.",
      closed: "L’aide de {{label}} est terminée.",
    },
  },
};
