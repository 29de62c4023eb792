const french = {
  nodeTooOld: (found: string) =>
    `Epaule a besoin de Node 22 ou plus récent ; celui-ci est ${found}. Lancez « npm install » puis « npm start ».`,
  building: (what: string) => `Construction : ${what}…`,
  buildFailed: (what: string) => `La construction a échoué : ${what}.`,
  extension: "l’extension",
  console: "la console",
  ready: (consoleUrl: string, extension: string) => `
Epaule est prêt.

  1. La personne qui aide ouvre la console : ${consoleUrl}
     et y crée une invitation.

  2. La personne aidée charge l’extension, dans Chromium, Chrome ou Edge :
     ouvrir chrome://extensions, activer le « mode développeur »,
     choisir « Charger l’extension non empaquetée » et ce dossier :
     ${extension}

  3. Elle clique ensuite sur l’icône Epaule et saisit l’invitation.

Ctrl+C arrête tout.
`,
  noBrowser: (name: string, command: string) =>
    `${name} manque. Installez-le avec :\n\n    ${command}\n\nou indiquez où il est par ${name.toUpperCase().replace(" ESR", "")}_BIN.`,
  installing: (name: string) => `Installation de ${name} par apt-get…`,
};

const english: typeof french = {
  nodeTooOld: (found) =>
    `Epaule needs Node 22 or later; this is ${found}. Run "npm install", then "npm start".`,
  building: (what) => `Building ${what}…`,
  buildFailed: (what) => `Could not build ${what}.`,
  extension: "the extension",
  console: "the console",
  ready: (consoleUrl, extension) => `
Epaule is ready.

  1. The person who helps opens the console: ${consoleUrl}
     and makes an invitation there.

  2. The person who is helped loads the extension, in Chromium, Chrome or Edge:
     open chrome://extensions, turn on "Developer mode",
     choose "Load unpacked" and this folder:
     ${extension}

  3. They then click the Epaule icon and enter the invitation.

Ctrl+C stops everything.
`,
  noBrowser: (name, command) =>
    `${name} is missing. Install it with:\n\n    ${command}\n\nor say where it is with ${name.toUpperCase().replace(" ESR", "")}_BIN.`,
  installing: (name) => `Installing ${name} by apt-get…`,
};

const locale = process.env["LC_ALL"] ?? process.env["LC_MESSAGES"] ?? process.env["LANG"] ?? "";

/** What the set-up says on the terminal: French, unless the terminal's language is another one. */
export const words = /^en/i.test(locale) ? english : french;
