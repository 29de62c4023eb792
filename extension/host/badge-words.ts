/** The toolbar's few words: here, so that the background carries no catalogue of screens. */
type Words = {
  /** At most four letters each. */
  seen: string;
  held: string;
  calling: string;
  nobody: string;
  ringing: (name: string) => string;
  sees: (name: string, hosts: string) => string;
  pause: (name: string) => string;
};

const fr: Words = {
  seen: "VU",
  held: "II",
  calling: "…",
  nobody: "Epaule\u00a0: personne ne voit votre page",
  ringing: (name) => `Epaule appelle ${name}. Personne ne voit votre page.`,
  sees: (name, hosts) => `${name} voit votre page (${hosts}). Cliquez ici pour arrêter.`,
  pause: (name) => `En pause\u00a0: ${name} ne voit rien.`,
};

const en: Words = {
  seen: "SEEN",
  held: "II",
  calling: "…",
  nobody: "Epaule: nobody sees your page",
  ringing: (name) => `Epaule is calling ${name}. Nobody sees your page.`,
  sees: (name, hosts) => `${name} sees your page (${hosts}). Click here to stop.`,
  pause: (name) => `Paused: ${name} sees nothing.`,
};

export const badgeWords = { fr, en };
