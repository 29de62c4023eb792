export interface MailText {
  subject: string;
  text: string;
}

export function signInMail(url: string): MailText {
  return {
    subject: "Votre lien de connexion à Epaule",
    text: `Bonjour,

Pour vous connecter à Epaule, ouvrez ce lien dans les 15 minutes :

${url}

Il ne sert qu'une fois. Si vous n'avez rien demandé, vous pouvez ignorer ce message.

---

Hello,

To sign in to Epaule, open the link above within 15 minutes. It works once.
If you did not ask for it, you can ignore this message.
`,
  };
}

export function missedCallMail(publicUrl: string): MailText {
  return {
    subject: "On a essayé de vous joindre sur Epaule",
    text: `Bonjour,

Une personne que vous aidez a essayé de vous joindre pendant votre absence.
Ouvrez Epaule pour voir qui, puis appelez cette personne :

${publicUrl}

---

Hello,

Someone you help tried to reach you while you were away.
Open Epaule (the address above) to see who, then call them.
`,
  };
}
