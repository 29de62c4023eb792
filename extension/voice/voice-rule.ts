import { BREAK_MS } from "../../shared/protocol/limits.ts";
import type { LiveScene } from "../session/session-state.ts";

/** [A6] Through every pause, and through a break that resumes by itself; after that, by a gesture. */
export function mayVoiceRun({ holds, brokeAt }: LiveScene, wall: number): boolean {
  const long = brokeAt !== undefined && wall - brokeAt > BREAK_MS;
  return !long && !holds.includes("break");
}
