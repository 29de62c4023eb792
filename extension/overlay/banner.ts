import type { PauseReason } from "../../shared/protocol/control.ts";
import type { Microphone } from "../messaging/recorder-port.ts";
import { type Box, overlaps } from "./placement.ts";
import { fill, type OverlayWords } from "./words.ts";

/** The other pauses end by themselves. */
const RESUMED_IN_PANEL: ReadonlySet<PauseReason> = new Set([
  "asked",
  "banner-removed",
  "mask-failed",
]);

/** Who sees the page, and the two buttons. They can stop, never give ([V4]). */
export type Banner = {
  pause(reason: PauseReason): void;
  resume(): void;
  microphone(microphone: Microphone): void;
  readonly box: Box;
  /** What it says now. */
  readonly sentence: string;
  /** Moves out of the way of what is shown. */
  avoid(area: Box | undefined): void;
};

function createButton(className: string, label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = label;
  made.addEventListener("click", (event) => {
    event.stopPropagation();
    // A page may click, but only a person is trusted.
    if (event.isTrusted) act();
  });
  return made;
}

export function createBanner(
  root: ShadowRoot,
  parts: { who: string; words: OverlayWords; stop: () => void; pause: () => void },
): Banner {
  const { who, words } = parts;
  const banner = document.createElement("section");
  banner.className = "banner";
  banner.setAttribute("aria-label", words.region);
  const text = document.createElement("p");
  const sign = document.createElement("span");
  sign.className = "sign";
  const sentence = document.createElement("span");
  const voice = document.createElement("span");
  voice.className = "voice";
  voice.hidden = true;
  const said = document.createElement("span");
  said.append(sentence, " ", voice);
  text.append(sign, said);

  const pause = createButton("pause", words.pause, parts.pause);
  const stop = createButton("stop", words.stop, parts.stop);
  banner.append(text, pause, stop);
  root.append(banner);

  const resume = (): void => {
    banner.classList.remove("paused");
    pause.hidden = false;
    sentence.textContent = fill(words.sees, { who });
  };
  resume();

  return {
    resume,
    pause(reason) {
      banner.classList.add("paused");
      pause.hidden = true;
      const how = RESUMED_IN_PANEL.has(reason) ? ` ${words.resume}` : "";
      sentence.textContent = `${fill(words.paused[reason], { who })}${how}`;
    },
    microphone(microphone) {
      voice.hidden = microphone === "none";
      voice.textContent = microphone === "none" ? "" : words.microphone[microphone];
    },
    get sentence() {
      return sentence.textContent ?? "";
    },
    get box() {
      return banner.getBoundingClientRect();
    },
    avoid(area) {
      if (area === undefined) return;
      const box = banner.getBoundingClientRect();
      if (!overlaps(box, area)) return;
      const top = banner.classList.contains("top");
      const height = box.height + 16;
      const free = top ? area.bottom < window.innerHeight - height : area.top > height;
      if (free) banner.classList.toggle("top");
    },
  };
}
