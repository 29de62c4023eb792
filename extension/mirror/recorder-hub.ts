import type { PauseReason } from "../../shared/protocol/control.ts";
import type { GuideMessage } from "../../shared/protocol/peer.ts";
import type { Host } from "../../shared/sites.ts";
import type { Port } from "../messaging/ports.ts";
import { parseRecorderMessage, type RecorderMessage } from "../messaging/recorder-port-schema.ts";
import type { HostToRecorder, Microphone } from "../messaging/recorder-port.ts";

/** One document of the shared tab, as the gate let it in. */
export type Frame = {
  readonly document: string;
  readonly host: Host;
  readonly top: boolean;
  /** For a document inside a frame, once its parent has told where it stands. */
  parent?: { document: string; node: number };
};

export type Recorded = Exclude<
  RecorderMessage,
  { type: "recorder.hello" | "recorder.frame" | "recorder.child" | "recorder.pong" }
>;

export type HubEvent =
  | { type: "page"; frame: Frame }
  | { type: "gone"; frame: Frame }
  | { type: "said"; frame: Frame; message: Recorded }
  /** A recorder broke its own protocol: its page may be hostile. */
  | { type: "broken" };

/** Frames that parents may have told of and that have not said who they are. */
const MAX_FRAMES = 500;

/** Looks at the browser's `sender` only. */
type Admit = (sender: Port["sender"]) => Host | undefined;
type Start = Extract<HostToRecorder, { type: "host.start" }>;
type Mode = { is: "waiting" } | { is: "running" } | { is: "paused"; reason: PauseReason };
type Recorder = { port: Port; frame: Frame; started: boolean; nonce?: string };

/** The one document that it is for; `undefined`: all of them. */
function documentOf(message: GuideMessage): string | undefined {
  if (message.type === "guide.pointer") return message.at?.document;
  return "document" in message ? message.document : undefined;
}

export type RecorderHub = ReturnType<typeof createRecorderHub>;

/**
 * Every recorder of the shared tab. A Port that the gate refuses is closed at once and hears
 * nothing; one that it admits waits, silent, until all three locks are open ([M1]).
 */
export function createRecorderHub(options: {
  admit: Admit;
  start: Start;
  listen: (event: HubEvent) => void;
}) {
  const recorders = new Map<string, Recorder>();
  /** Where a parent saw a child's nonce. */
  const places = new Map<string, { document: string; node: number }>();
  let mode: Mode = { is: "waiting" };
  let microphone: Microphone = "none";
  let pointedAt: string | undefined;

  const tell = (recorder: Recorder, message: HostToRecorder): void =>
    recorder.port.post(JSON.stringify(message));
  const top = (): Recorder | undefined => [...recorders.values()].find(({ frame }) => frame.top);

  /**
   * A frame runs under a page that was admitted itself, never under a stranger's. One that waits is
   * told so: a recorder that comes back after a break still shows what was true before it.
   */
  function wake(recorder: Recorder): void {
    if (mode.is === "waiting" || !top()) return tell(recorder, { type: "host.ping", at: 0 });
    if (options.admit(recorder.port.sender) !== recorder.frame.host) return drop(recorder, true);
    const start = microphone === "none" ? options.start : { ...options.start, microphone };
    if (mode.is === "paused") {
      if (!recorder.started) tell(recorder, { ...start, paused: mode.reason });
    } else tell(recorder, recorder.started ? { type: "host.resume" } : start);
    recorder.started = true;
  }

  function drop(recorder: Recorder, close: boolean): void {
    if (recorders.get(recorder.frame.document) !== recorder) return;
    recorders.delete(recorder.frame.document);
    if (close) {
      tell(recorder, { type: "host.stop" });
      recorder.port.close();
    }
    options.listen({ type: "gone", frame: recorder.frame });
  }

  function greet(port: Port, message: RecorderMessage): Recorder | undefined {
    const host = options.admit(port.sender);
    if (message.type !== "recorder.hello" || host === undefined) return undefined;
    const isTop = port.sender.frame === 0;
    if (message.top !== isTop) return undefined;
    const before = recorders.get(message.document);
    if (before && before.port.sender.frame !== port.sender.frame) return undefined;
    // The same recorder on a new Port: the old one's end has not been heard yet.
    if (before) drop(before, false);
    const recorder: Recorder = {
      port,
      frame: { document: message.document, host, top: isTop },
      started: false,
    };
    if (isTop) for (const other of recorders.values()) if (other.frame.top) drop(other, true);
    recorders.set(message.document, recorder);
    if (!isTop) {
      wake(recorder);
      return recorder;
    }
    options.listen({ type: "page", frame: recorder.frame });
    for (const waiting of recorders.values()) if (!waiting.started) wake(waiting);
    return recorder;
  }

  function join(recorder: Recorder): void {
    const place = recorder.nonce === undefined ? undefined : places.get(recorder.nonce);
    if (!place || recorder.frame.top || recorder.frame.parent) return;
    if (!recorders.has(place.document) || place.document === recorder.frame.document) return;
    recorder.frame.parent = place;
    if (recorder.started && mode.is === "running") tell(recorder, { type: "host.key" });
  }

  function hear(recorder: Recorder, message: RecorderMessage): void {
    if (message.type === "recorder.pong") return;
    if (message.type === "recorder.hello") {
      options.listen({ type: "broken" });
      return drop(recorder, true);
    }
    if (message.type === "recorder.child") {
      recorder.nonce = message.nonce;
      return join(recorder);
    }
    if (message.type === "recorder.frame") {
      if (places.size >= MAX_FRAMES) places.clear();
      places.set(message.childNonce, { document: recorder.frame.document, node: message.node });
      for (const other of recorders.values()) if (other.nonce === message.childNonce) join(other);
      return;
    }
    const runs = mode.is === "running" && recorder.started;
    if (runs || message.type !== "recorder.events")
      options.listen({ type: "said", frame: recorder.frame, message });
  }

  return {
    accept(port: Port): void {
      if (options.admit(port.sender) === undefined) return port.close();
      let recorder: Recorder | undefined;
      port.onMessage((raw) => {
        const message = parseRecorderMessage(raw);
        // The locks may have closed since the Port opened.
        const allowed = message && options.admit(port.sender) !== undefined;
        if (recorder && !recorders.has(recorder.frame.document)) return;
        if (allowed && recorder) return hear(recorder, message);
        recorder = allowed ? greet(port, message) : undefined;
        if (recorder) return;
        for (const known of recorders.values()) if (known.port === port) drop(known, true);
        if (!message) options.listen({ type: "broken" });
        port.close();
      });
      port.onClose(() => {
        if (recorder) drop(recorder, false);
      });
    },
    get page(): Frame | undefined {
      return top()?.frame;
    },
    /** All three locks are open and nothing holds the mirror. */
    run(): void {
      if (mode.is === "running") return;
      mode = { is: "running" };
      for (const recorder of recorders.values()) wake(recorder);
    },
    pause(reason: PauseReason): void {
      if (mode.is === "paused" && mode.reason === reason) return;
      mode = { is: "paused", reason };
      for (const recorder of recorders.values())
        if (recorder.started) tell(recorder, { type: "host.pause", reason });
    },
    /** A key frame, of one document or of all. */
    key(document?: string): void {
      if (mode.is !== "running") return;
      for (const recorder of recorders.values())
        if (recorder.started && (document === undefined || document === recorder.frame.document))
          tell(recorder, { type: "host.key" });
    },
    /**
     * `false` when the document that it is for is not there. Each document draws for itself: what
     * stands in another one goes with the next highlight, and with the next place pointed at.
     */
    guide(message: GuideMessage): boolean {
      if (mode.is !== "running") return false;
      const meant = documentOf(message);
      const before = pointedAt;
      if (message.type === "guide.pointer") pointedAt = meant;
      let reached = false;
      for (const recorder of recorders.values()) {
        if (!recorder.started) continue;
        const { document } = recorder.frame;
        if (meant === undefined || document === meant) reached = true;
        else if (message.type === "guide.highlight") {
          tell(recorder, { type: "host.guide", message: { type: "guide.clear" } });
          continue;
        } else if (message.type !== "guide.pointer" || document !== before) continue;
        tell(recorder, { type: "host.guide", message });
      }
      return reached;
    },
    /** Only a page that says who sees it says this too. */
    showMicrophone(next: Microphone): void {
      if (next === microphone) return;
      microphone = next;
      const shown = top();
      if (shown?.started) tell(shown, { type: "host.microphone", microphone });
    },
    ping(at: number): void {
      for (const recorder of recorders.values())
        if (recorder.started) tell(recorder, { type: "host.ping", at });
    },
    /** [S5] Everything off every page, at once. */
    stop(): void {
      mode = { is: "waiting" };
      for (const recorder of recorders.values()) {
        recorders.delete(recorder.frame.document);
        tell(recorder, { type: "host.stop" });
        recorder.port.close();
      }
    },
  };
}
