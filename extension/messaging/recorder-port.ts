import type { PauseReason } from "../../shared/protocol/control.ts";
import type { AssetType, GuideMessage } from "../../shared/protocol/peer.ts";

/**
 * The named Port between the recorder in a page (content script, one per frame) and the session
 * host. Each message is one JSON string. The host parses what comes from a recorder with a schema
 * (`recorder-port-schema.ts`): a page's process may be compromised. The recorder trusts the host.
 */
export const RECORDER_PORT = "epaule.recorder";

/** rrweb's event, masked; the host reads only what it needs to find large style sheets. */
export type MirrorEvent = { type: number; timestamp: number; data: unknown };

export type RecorderToHost =
  /** First on the Port, before anything is recorded. `document`: 128 random bits, base64url. */
  | { type: "recorder.hello"; document: string; top: boolean }
  /** `key`: begins with Meta and FullSnapshot. About 100 ms of events, or 50 of them, at a time. */
  | {
      type: "recorder.events";
      key: boolean;
      viewport: { width: number; height: number };
      events: MirrorEvent[];
    }
  /** This frame stands in that element of the parent document (found by a one-time nonce). */
  | { type: "recorder.frame"; childNonce: string; node: number }
  | { type: "recorder.child"; nonce: string }
  | { type: "recorder.asset"; token: string; mime: AssetType; bytes: string }
  | { type: "recorder.asset-missing"; token: string; kind: "image" | "font" | "style" }
  | {
      type: "recorder.guide";
      guide: number;
      state: "shown" | "outside" | "lost" | "refused";
      name?: string;
    }
  /** The buttons of the banner, on trusted events only. */
  | { type: "recorder.stop" }
  | { type: "recorder.pause"; reason: PauseReason }
  /** The tab is hidden or shown again. */
  | { type: "recorder.visible"; visible: boolean }
  | { type: "recorder.pong"; at: number };

/** What the banner says of it; "none": there is no voice. */
export type Microphone = "open" | "shut" | "none";

export type HostToRecorder =
  /**
   * The three locks are open: record. `salt`: keys the asset tokens of this session (32 bytes).
   * `paused`: only the banner, which says why; recording waits for `host.resume`.
   */
  | {
      type: "host.start";
      salt: string;
      who: string;
      language: "fr" | "en";
      paused?: PauseReason;
      microphone?: Microphone;
    }
  /** A key frame now, in a macrotask of its own. */
  | { type: "host.key" }
  /** Stop recording; the banner says why and stays. */
  | { type: "host.pause"; reason: PauseReason }
  | { type: "host.resume" }
  | { type: "host.microphone"; microphone: Microphone }
  | { type: "host.guide"; message: GuideMessage }
  /** Stop recording and remove every trace from the page, at once. */
  | { type: "host.stop" }
  /** Keeps the Port (and, on Firefox, the event page) alive. */
  | { type: "host.ping"; at: number };
