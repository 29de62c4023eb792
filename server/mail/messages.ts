export interface MailText {
  subject: string;
  text: string;
}

export function signInMail(url: string): MailText {
  return {
    subject: "Votre lien de connexion à Epaule",
    text: `Bonjour,

Pour vous connecter à Epaule, ouvrez ce lien dans les 15 minutes\u00a0:

${url}

Il ne sert qu'une fois. Si vous n'avez rien demandé, vous pouvez ignorer ce message.

---

Hello,

To sign in to Epaule, open the link above within 15 minutes. It works once.
If you did not ask for it, you can ignore this message.
`,
  };
}

export function addressLinkMail(url: string): MailText {
  return {
    subject: "Confirmez votre adresse pour Epaule",
    text: `Bonjour,

Vous avez demandé à Epaule de vous prévenir ici quand vous manquez un appel.
Pour confirmer que cette adresse est la vôtre, ouvrez ce lien dans les 15 minutes\u00a0:

${url}

Il ne sert qu'une fois. Ensuite, cette adresse permet aussi de se connecter à votre compte.

Si vous n'avez rien demandé, n'ouvrez pas ce lien\u00a0: rien ne changera.

---

Hello,

You asked Epaule to tell you here when you miss a call. To confirm that this
address is yours, open the link above within 15 minutes. It works once. From
then on, this address can also sign in to your account.

If you did not ask for it, do not open the link: nothing will change.
`,
  };
}

export function addressChangedMail(publicUrl: string): MailText {
  return {
    subject: "Votre compte Epaule a une autre adresse",
    text: `Bonjour,

Votre compte Epaule a maintenant une autre adresse. Celle-ci ne permet plus
de s'y connecter.

Si c'est vous qui avez changé, vous n'avez rien à faire.

Si ce n'est pas vous, quelqu'un s'est servi de votre compte. Prévenez dès
maintenant, par téléphone, les personnes que vous aidez\u00a0: qu'elles vous retirent
dans Epaule. Créez ensuite un autre compte, et invitez-les de nouveau\u00a0:

${publicUrl}

---

Hello,

Your Epaule account now has another address. This one no longer signs in to it.

If you changed it, there is nothing to do. If you did not, somebody used your
account. Telephone the people you help now, so that they remove you in Epaule.
Then make another account at the address above, and invite them again.
`,
  };
}

export function addressTakenMail(publicUrl: string): MailText {
  return {
    subject: "Votre adresse sert déjà sur Epaule",
    text: `Bonjour,

Quelqu'un, peut-être vous, a voulu ajouter cette adresse à un compte d'Epaule.
Elle appartient déjà à un autre compte\u00a0: rien n'a changé.

Si c'était vous, ouvrez Epaule et connectez-vous avec un lien par courriel,
à cette adresse. Sinon, vous pouvez ignorer ce message.

${publicUrl}

---

Hello,

Somebody, perhaps you, wanted to add this address to an account of Epaule.
It already belongs to another account: nothing has changed.

If it was you, open Epaule (the address above) and sign in with a link by
e-mail, at this address. If not, you can ignore this message.
`,
  };
}

export function missedCallMail(publicUrl: string): MailText {
  return {
    subject: "On a essayé de vous joindre sur Epaule",
    text: `Bonjour,

Une personne que vous aidez a essayé de vous joindre pendant votre absence.
Ouvrez Epaule pour voir qui, puis appelez cette personne\u00a0:

${publicUrl}

---

Hello,

Someone you help tried to reach you while you were away.
Open Epaule (the address above) to see who, then call them.
`,
  };
}
