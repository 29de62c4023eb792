import type { ScrollStep } from "../player/port.ts";

const STEPS: Record<string, ScrollStep> = {
  ArrowUp: { x: 0, y: -1, by: "line" },
  ArrowDown: { x: 0, y: 1, by: "line" },
  ArrowLeft: { x: -1, y: 0, by: "line" },
  ArrowRight: { x: 1, y: 0, by: "line" },
  PageUp: { x: 0, y: -1, by: "page" },
  PageDown: { x: 0, y: 1, by: "page" },
  " ": { x: 0, y: 1, by: "page" },
  Home: { x: 0, y: -1, by: "end" },
  End: { x: 0, y: 1, by: "end" },
};

type Keys = { key: string; altKey: boolean; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean };

/** What a key does to a view that scrolls; with another key held it is the browser's. */
export function scrollStepFor(event: Keys): ScrollStep | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  return Object.hasOwn(STEPS, event.key) ? STEPS[event.key] : undefined;
}
