import { useEffect, useMemo, useRef } from "react";

import { browserClock } from "../store/browser-clock.ts";
import { createHoldToTalk } from "./hold-to-talk.ts";

const CONTROLS = "a, button, input, summary, [role]:not([role='region'])";
/** There the space bar is a character, or a choice, whoever brought the focus. */
const WRITTEN =
  "input:not([type='checkbox'], [type='radio'], [type='range']), textarea, select, [contenteditable], [role='dialog'] *, [role='alertdialog'] *";
const MOVES = new Set(["Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

/**
 * Holds by the space bar, wherever it would not press or write something else: a control that a
 * mouse left focused is not what the space bar is for. `press` and `release`: the button's.
 */
export function useHoldToTalk(
  isOn: boolean,
  talk: (talking: boolean) => void,
): { press: () => void; release: () => void } {
  const hold = useMemo(() => createHoldToTalk({ clock: browserClock, talk }), [talk]);
  const byMouse = useRef(false);

  useEffect(() => {
    const pointed = (): void => void (byMouse.current = true);
    const typed = ({ key }: KeyboardEvent): void => {
      if (MOVES.has(key)) byMouse.current = false;
    };
    addEventListener("pointerdown", pointed, true);
    addEventListener("keydown", typed, true);
    return () => {
      removeEventListener("pointerdown", pointed, true);
      removeEventListener("keydown", typed, true);
    };
  }, []);

  useEffect(() => {
    if (!isOn) return undefined;

    function isForOther({ target }: KeyboardEvent): boolean {
      if (!(target instanceof Element)) return false;
      return target.matches(WRITTEN) || (!byMouse.current && target.matches(CONTROLS));
    }
    // Before the controls hear it, which would be pressed, and the mirror, which would scroll.
    function take(event: KeyboardEvent): void {
      event.preventDefault();
      event.stopPropagation();
    }
    function down(event: KeyboardEvent): void {
      if (event.code !== "Space" || event.altKey || event.ctrlKey || event.metaKey) return;
      if (!event.repeat && isForOther(event)) return hold.letGo();
      if (hold.keyDown(event.repeat)) take(event);
    }
    function up(event: KeyboardEvent): void {
      if (event.code === "Space" && hold.keyUp()) take(event);
    }
    function away(): void {
      hold.keyboardAway();
      // The mirror's frame gives the keyboard back at once; what else takes it does not.
      setTimeout(() => {
        if (!document.hasFocus()) hold.letGo();
      }, 0);
    }
    function hidden(): void {
      if (document.hidden) hold.letGo();
    }

    addEventListener("keydown", down, true);
    addEventListener("keyup", up, true);
    addEventListener("blur", away);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      hold.letGo();
      removeEventListener("keydown", down, true);
      removeEventListener("keyup", up, true);
      removeEventListener("blur", away);
      document.removeEventListener("visibilitychange", hidden);
    };
  }, [isOn, hold]);

  return hold;
}
