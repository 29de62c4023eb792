import type { Anchor, AssetType } from "../../../shared/protocol/peer.ts";

/** What the console and the player say to each other, over a MessagePort of their own. */

/** The one message that crosses by `postMessage`: it hands the port over. */
export const HANDOVER = "epaule.player";

export type PlayerMode = "look" | "highlight" | "pointer" | "draw";

/** Which way, -1 to 1, and how far: some lines, nearly a window, or all the way. */
export type ScrollStep = { x: number; y: number; by: "line" | "page" | "end" };

export type ToPlayer =
  | { type: "language"; language: "fr" | "en" }
  | { type: "page"; document: string; parent?: { document: string; node: number } | undefined }
  /** Answered with `worked` once they are drawn. `json`: text crosses faster than a large tree. */
  | { type: "events"; receipt: number; document: string; key: boolean; json: string }
  | { type: "asset"; token: string; mime: AssetType; bytes: ArrayBuffer }
  | { type: "missing"; token: string; kind: "image" | "font" | "style" }
  | { type: "mode"; mode: PlayerMode }
  | { type: "scale"; scale: "fit" | "actual" }
  /** Moves the helper's own view of a mirror that is larger than its window. */
  | ({ type: "scroll" } & ScrollStep)
  /** The element that the helper's highlight stands on; `null`: none. */
  | { type: "mark"; at: { document: string; node: number } | null }
  | { type: "clear" }
  /** The elements that a helper may choose from a list. */
  | { type: "list" }
  /** Outline this one, as if the mouse were on it. */
  | { type: "show"; at: { document: string; node: number } | null };

/** An element as a person would name it. */
export type Described = { document: string; node: number; role: string; name: string };

export type FromPlayer =
  | { type: "ready" }
  | { type: "worked"; receipt: number }
  /** A key frame of this document can be seen. */
  | { type: "painted"; document: string }
  /** The player has lost the thread. */
  | { type: "request" }
  | { type: "hover"; element: Described | null }
  | { type: "pick"; anchor: Anchor; element: Described }
  | { type: "point"; anchor: Anchor | null }
  | { type: "stroke"; document: string; points: [number, number][]; last: boolean }
  | { type: "elements"; elements: Described[] };
