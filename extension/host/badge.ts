import { mirrorRuns, type Scene } from "../session/session-state.ts";
import { badgeWords } from "./badge-words.ts";

export type Badge = { text: string; colour: string; title: string };

const SEEN = "#a11d2c";
const HELD = "#7d4e00";
const CALLING = "#1f5673";

/** Who sees what, at all times, on the toolbar: a word, a colour that is not alone, and a sentence. */
export function badgeOf(scene: Scene, name: string, language: "fr" | "en"): Badge {
  const words = badgeWords[language];
  if (scene.at === "ringing")
    return { text: words.calling, colour: CALLING, title: words.ringing(name) };
  if (scene.at !== "live") return { text: "", colour: CALLING, title: words.nobody };
  const hosts = scene.plan.hosts.join(", ");
  return mirrorRuns(scene)
    ? { text: words.seen, colour: SEEN, title: words.sees(name, hosts) }
    : { text: words.held, colour: HELD, title: words.pause(name) };
}
