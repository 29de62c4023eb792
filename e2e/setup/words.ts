const french = {
  building: (what: string) => `Construction\u00a0: ${what}…`,
  cannotWrite: (folder: string) =>
    `Le dossier ${folder} ne peut pas être écrit. Donnez à ce compte le droit d’y écrire.`,
  buildFailed: (what: string) => `La construction a échoué\u00a0: ${what}.`,
  extension: "l’extension",
  console: "la console",
  ready: (consoleUrl: string, extension: string) => `
Epaule est prête, sur cet ordinateur seulement. Pour l’essayer seul, ouvrez deux
profils de navigateur. Pour aider quelqu’un ailleurs\u00a0: docs/operations.md.

  1. La personne qui aide ouvre la console\u00a0: ${consoleUrl}
     et y crée une invitation.

  2. La personne aidée charge l’extension, dans Chromium, Chrome ou Edge\u00a0:
     ouvrir chrome://extensions, activer le «\u00a0mode développeur\u00a0»,
     choisir «\u00a0Charger l’extension non empaquetée\u00a0» et ce dossier\u00a0:
     ${extension}

  3. Elle clique ensuite sur l’icône Epaule et saisit l’invitation.

Ctrl+C arrête tout.
`,
  noMail:
    "Sans serveur de courriel\u00a0: les liens de connexion apparaissent ici, dans ce terminal.\n",
  stopped: "Epaule est arrêtée.",
  notAnOrigin: (name: string, example: string) =>
    `${name} doit être une origine, sans chemin, comme ${example}`,
  noBrowser: (name: string, command: string) =>
    `${name} manque. Installez-le avec\u00a0:\n\n    ${command}\n\nou indiquez où il est par ${name.toUpperCase().replace(" ESR", "")}_BIN.`,
  installing: (name: string) => `Installation de ${name} par apt-get…`,
  buildingVoice:
    "Construction du serveur vocal livekit-server, une fois pour toutes (quelques minutes)…",
  voiceNotBuilt: "Le serveur vocal livekit-server n’a pas pu être construit.",
  noVoice:
    "Sans la voix\u00a0: pour l’avoir, installez Go 1.26 ou plus récent, ou livekit-server 1.13.5 (indiquez où il est par LIVEKIT_BIN).",
  voiceReady: "La voix est prête.",
  voiceAgain: "Le serveur vocal s’est arrêté de lui-même\u00a0; il redémarre.",
  voiceFails: (log: string) =>
    `Le serveur vocal ne démarre pas\u00a0; nouvel essai bientôt. Voir ${log}`,
};

const english: typeof french = {
  building: (what) => `Building ${what}…`,
  cannotWrite: (folder) =>
    `The folder ${folder} cannot be written. Give this account the right to write there.`,
  buildFailed: (what) => `Could not build ${what}.`,
  extension: "the extension",
  console: "the console",
  ready: (consoleUrl, extension) => `
Epaule is ready, on this computer only. To try it alone, open two browser
profiles. To help somebody elsewhere: docs/operations.md.

  1. The person who helps opens the console: ${consoleUrl}
     and makes an invitation there.

  2. The person who is helped loads the extension, in Chromium, Chrome or Edge:
     open chrome://extensions, turn on "Developer mode",
     choose "Load unpacked" and this folder:
     ${extension}

  3. They then click the Epaule icon and enter the invitation.

Ctrl+C stops everything.
`,
  noMail: "No mail server: sign-in links appear here, in this terminal.\n",
  stopped: "Epaule is stopped.",
  notAnOrigin: (name, example) => `${name} must be an origin without path, like ${example}`,
  noBrowser: (name, command) =>
    `${name} is missing. Install it with:\n\n    ${command}\n\nor say where it is with ${name.toUpperCase().replace(" ESR", "")}_BIN.`,
  installing: (name) => `Installing ${name} by apt-get…`,
  buildingVoice: "Building the voice server livekit-server, once for all (some minutes)…",
  voiceNotBuilt: "The voice server livekit-server could not be built.",
  noVoice:
    "No voice: to have it, install Go 1.26 or later, or livekit-server 1.13.5 (say where it is with LIVEKIT_BIN).",
  voiceReady: "Voice is ready.",
  voiceAgain: "The voice server stopped by itself; it starts again.",
  voiceFails: (log) => `The voice server does not start; it is tried again. See ${log}`,
};

const { LC_ALL, LC_MESSAGES, LANG } = process.env;
const locale = LC_ALL || LC_MESSAGES || LANG || "";

/** What the set-up says on the terminal: French, unless the terminal's language is English. */
export const words = /^en/i.test(locale) ? english : french;
