import type { Clock } from "../../shared/client/clock.ts";
import type { Incoming, Link, LinkEvent, Outgoing } from "../../shared/client/link.ts";
import { AppError, assertNever } from "../../shared/errors.ts";
import type { PauseReason } from "../../shared/protocol/control.ts";
import { HEARTBEAT_MS } from "../../shared/protocol/limits.ts";
import type { BeneficiaryTalk, HelperTalk } from "../../shared/protocol/peer.ts";
import type { Port } from "../messaging/ports.ts";
import type { Microphone } from "../messaging/recorder-port.ts";
import { createMirrorOut, type ExtractTexts } from "../mirror/mirror-out.ts";
import { createRecorderHub, type Frame, type HubEvent } from "../mirror/recorder-hub.ts";
import type { Gate } from "./gate.ts";
import { createHelperPace } from "./helper-pace.ts";
import { type LiveScene, mirrorRuns, type SceneEvent, toldHold } from "./session-state.ts";

export type SealedLink = Link<"beneficiary">;
type Said = Outgoing<"beneficiary">;
type Heard = Incoming<"beneficiary">;

type Shown = "shown" | "outside" | "lost" | "refused";

export type Highlight = {
  guide: number;
  text: string;
  name?: string;
  state?: Shown;
};

/** A page that is being left is hidden for a moment before it goes. */
const HIDDEN_MS = 300;

/** What goes to the server, for the journal: a host, never a path. */
export type Fact =
  | { type: "page.entered"; host: Frame["host"] }
  | { type: "session.paused"; reason: PauseReason }
  | { type: "session.resumed" };

export type LiveSession = ReturnType<typeof createLiveSession>;

/** One answered session: recorders on one side, the sealed link on the other, the gate between. */
export function createLiveSession(options: {
  gate: Gate;
  link: SealedLink;
  clock: Clock;
  extractTexts: ExtractTexts;
  start: { salt: string; who: string; language: "fr" | "en" };
  dispatch: (event: SceneEvent) => void;
  wall: () => number;
  /** At every heartbeat: time for the break to grow old and for the record to be kept. */
  tick: () => void;
  report: (fact: Fact) => void;
  /** What the helper says beside the mirror. */
  talk: (message: HelperTalk) => void;
  /** The session is over: the helper left, the beneficiary stopped in the page, or a forgery. */
  end: (reason: "left" | "stopped" | "forged" | "expired") => void;
  changed: () => void;
  failed: (error: unknown) => void;
}) {
  const { gate, link, dispatch } = options;
  const pace = createHelperPace(() => options.clock.now());
  let highlight: Highlight | undefined;
  let told: PauseReason | "running" | undefined;
  let reported: PauseReason | "running" = "running";
  let enteredHost: string | undefined;

  const hub = createRecorderHub({
    admit: (sender) => gate.admit(sender),
    start: { type: "host.start", ...options.start },
    listen: hearRecorder,
  });
  const out = createMirrorOut({
    link,
    extractTexts: options.extractTexts,
    askKey: (document) => hub.key(document),
    now: () => options.clock.now(),
    failed: options.failed,
  });
  const stopLink = link.listen(hearLink);
  let stopBeat = beat();
  let stopHiding: (() => void) | undefined;

  function beat(): () => void {
    return options.clock.setTimeout(() => {
      if (!gate.inForce()) return options.end("expired");
      hub.ping(options.wall());
      options.tick();
      stopBeat = beat();
    }, HEARTBEAT_MS);
  }

  function send(message: Said): void {
    if (link.open) link.send(message).catch(options.failed);
  }

  function hearLink(event: LinkEvent<Heard>): void {
    switch (event.type) {
      case "open":
        told = undefined;
        out.begin(event.known);
        return dispatch({ type: "link-open", wall: options.wall() });
      case "lost":
        return dispatch({ type: "link-lost", wall: options.wall() });
      case "slow":
        if (!event.slow) out.drained();
        return;
      case "forged":
        return options.end("forged");
      case "message":
        return hearHelper(event.message);
    }
  }

  function hearHelper(message: Heard): void {
    if (!pace.takes(message.type)) return;
    switch (message.type) {
      case "mirror.request":
        return out.requested();
      case "session.ended":
        return options.end("left");
      case "guide.highlight":
        highlight = { guide: message.guide, text: message.text };
        if (!hub.guide(message)) {
          highlight.state = "outside";
          send({ type: "guide.state", guide: message.guide, state: "outside" });
        }
        return options.changed();
      case "guide.clear":
        highlight = undefined;
        hub.guide(message);
        return options.changed();
      case "guide.pointer":
      case "guide.stroke":
        hub.guide(message);
        return;
      case "voice.status":
      case "text.message":
      case "text.received":
        return options.talk(message);
      default:
        return assertNever(message);
    }
  }

  function hearRecorder(event: HubEvent): void {
    switch (event.type) {
      case "page":
        out.pageCame(event.frame);
        if (enteredHost !== event.frame.host) {
          enteredHost = event.frame.host;
          options.report({ type: "page.entered", host: event.frame.host });
        }
        // Whether it is in front of the person, its recorder says: a page can load itself again anywhere.
        dispatch({ type: "released", reason: "left-site" });
        return;
      case "gone":
        if (event.frame.top) {
          highlight = undefined;
          stopHiding?.();
        }
        out.pageWent(event.frame);
        return options.changed();
      case "broken":
        return dispatch({ type: "held", reason: "mask-failed" });
      case "said":
        return hearPage(event.frame, event.message);
    }
  }

  function hearPage(frame: Frame, message: Extract<HubEvent, { type: "said" }>["message"]): void {
    if (message.type === "recorder.stop") return options.end("stopped");
    if (message.type === "recorder.pause")
      return dispatch({ type: "held", reason: message.reason });
    if (message.type === "recorder.visible") return hearVisible(frame, message.visible);
    if (message.type === "recorder.guide") return hearGuide(message);
    out.take(frame, message);
  }

  function hearVisible(frame: Frame, visible: boolean): void {
    if (!frame.top) return;
    stopHiding?.();
    if (visible) return dispatch({ type: "released", reason: "hidden" });
    stopHiding = options.clock.setTimeout(() => {
      dispatch({ type: "held", reason: "hidden" });
    }, HIDDEN_MS);
  }

  function hearGuide(said: { guide: number; state: Shown; name?: string | undefined }): void {
    const { guide, state } = said;
    const name = said.name ? { name: said.name } : {};
    send({ type: "guide.state", guide, state, ...name });
    if (highlight?.guide !== guide) return;
    highlight = { ...highlight, state, ...name };
    options.changed();
  }

  return {
    /** Beside the mirror. Rejects while the link is not open. */
    say: (message: BeneficiaryTalk): Promise<void> =>
      link.open ? link.send(message) : Promise.reject(new AppError("UNAVAILABLE", "link closed")),
    /** The page says whether the microphone is open. */
    showMicrophone: (microphone: Microphone): void => hub.showMicrophone(microphone),
    /** Ports that came while it rang or later. */
    accept: (port: Port): void => hub.accept(port),
    get highlight(): Highlight | undefined {
      return highlight;
    },
    get page(): Frame | undefined {
      return hub.page;
    },
    /** Brings pages, console and server in line with the scene. */
    apply(scene: LiveScene): void {
      const hold = toldHold(scene);
      const runs = mirrorRuns(scene) && gate.inForce();
      if (runs) {
        out.run();
        hub.run();
      } else out.hold();
      // Before the key lock has ever opened, a page hears nothing at all.
      if (!runs && scene.link !== "opening") hub.pause(hold ?? "break");
      if (link.open) {
        const now = runs ? "running" : (hold ?? "break");
        if (now !== told && now !== "running") send({ type: "mirror.paused", reason: now });
        if (now !== told && now === "running" && told !== undefined)
          send({ type: "mirror.resumed" });
        told = now;
      }
      const state = hold ?? "running";
      if (state === reported) return;
      reported = state;
      options.report(
        state === "running"
          ? { type: "session.resumed" }
          : { type: "session.paused", reason: state },
      );
    },
    start: (): void => link.start(),
    /** [S5] The page first. `say`: to the console, where there is a link. */
    stop(say?: Extract<Said, { type: "session.ended" }>): void {
      gate.shut();
      hub.stop();
      stopBeat();
      stopHiding?.();
      stopLink();
      if (!say || !link.open) return link.close();
      link
        .send(say)
        .catch(options.failed)
        .finally(() => link.close());
    },
  };
}
