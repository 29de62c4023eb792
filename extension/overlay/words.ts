import type { PauseReason } from "../../shared/protocol/control.ts";

/** The few words that are drawn in the page: a catalogue of its own, so that no library comes along. */
export type OverlayWords = {
  sees: string;
  pause: string;
  stop: string;
  /** Name of the region, for a screen reader. */
  region: string;
  paused: Record<PauseReason, string>;
  microphone: Record<"open" | "shut", string>;
  resume: string;
  show: string;
  /** Where the shown place is. */
  above: string;
  below: string;
  here: string;
  shows: string;
  says: string;
};

export const OVERLAY_WORDS: Record<"fr" | "en", OverlayWords> = {
  fr: {
    sees: "{who} voit cette page.",
    pause: "Pause",
    stop: "Arrêter",
    region: "Epaule\u00a0: partage de cette page",
    paused: {
      asked: "En pause. {who} ne voit plus cette page.",
      "left-site":
        "En pause\u00a0: cette page ne fait pas partie du partage. {who} ne la voit pas.",
      hidden: "En pause\u00a0: cet onglet n’est pas devant vous. {who} ne le voit pas.",
      "banner-removed":
        "En pause\u00a0: cette page a enlevé le bandeau d’Epaule. {who} ne la voit plus.",
      "mask-failed":
        "En pause\u00a0: nous ne pouvons pas cacher ce que vous écrivez ici. {who} ne voit plus cette page.",
      break: "En pause\u00a0: la connexion est coupée. {who} ne voit plus cette page.",
    },
    microphone: { open: "Votre micro est ouvert.", shut: "Votre micro est coupé." },
    resume: "Pour reprendre, ouvrez Epaule.",
    show: "Voir l’endroit montré",
    above: "Plus haut",
    below: "Plus bas",
    here: "Regardez ici",
    shows: "{who} vous montre\u00a0: {name}. {text}",
    says: "{who} vous montre",
  },
  en: {
    sees: "{who} can see this page.",
    pause: "Pause",
    stop: "Stop",
    region: "Epaule: sharing this page",
    paused: {
      asked: "Paused. {who} no longer sees this page.",
      "left-site": "Paused: this page is not part of what you share. {who} does not see it.",
      hidden: "Paused: this tab is not in front of you. {who} does not see it.",
      "banner-removed":
        "Paused: this page removed the Epaule banner. {who} no longer sees this page.",
      "mask-failed": "Paused: we cannot hide what you write here. {who} no longer sees this page.",
      break: "Paused: the connection is broken. {who} no longer sees this page.",
    },
    microphone: { open: "Your microphone is on.", shut: "Your microphone is off." },
    resume: "To go on, open Epaule.",
    show: "See the place shown",
    above: "Further up",
    below: "Further down",
    here: "Look here",
    shows: "{who} is showing you: {name}. {text}",
    says: "{who} is showing you",
  },
};

export function fill(template: string, values: Record<string, string>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_whole, key: string) => values[key] ?? "").trim();
}
