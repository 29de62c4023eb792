import type { Clock } from "../../../shared/client/clock.ts";

/** How long a key counts as held after its letting go may have been missed. */
const DOUBT_MS = 300;

/**
 * Talking while the space bar or the button is held. A key that is let go elsewhere is never heard
 * of: whatever may have hidden it closes the microphone, unless the key's own repetition, which
 * only a held key makes, says soon that it is still down.
 */
export function createHoldToTalk({
  clock,
  talk,
}: {
  clock: Clock;
  talk: (talking: boolean) => void;
}) {
  /** `doubted`: still believed. `unheard`: no longer, until the key repeats. */
  let key: "up" | "down" | "doubted" | "unheard" = "up";
  let button = false;
  let talking = false;
  let stopDoubt: (() => void) | undefined;

  function set(next: { key?: typeof key; button?: boolean }): void {
    if (next.key && next.key !== "doubted") stopDoubt?.();
    key = next.key ?? key;
    button = next.button ?? button;
    const now = button || key === "down" || key === "doubted";
    if (now === talking) return;
    talking = now;
    talk(now);
  }

  return {
    /** Whether this press of the key is one for talking. */
    keyDown(isRepeat: boolean): boolean {
      if (isRepeat && key === "up") return false;
      set({ key: "down" });
      return true;
    },
    /** Whether it ends such a press. */
    keyUp(): boolean {
      const was = key;
      set({ key: "up" });
      return was !== "up";
    },
    /** For an instant the keyboard was the mirror's, after a click in it. */
    keyboardAway(): void {
      set({ button: false });
      if (key !== "down") return;
      set({ key: "doubted" });
      stopDoubt = clock.setTimeout(() => set({ key: "unheard" }), DOUBT_MS);
    },
    press: (): void => set({ button: true }),
    release: (): void => set({ button: false }),
    /** The window was left, or talking so is over. */
    letGo: (): void => set({ key: "up", button: false }),
  };
}
