import { decodeBase64url, encodeBase64url, randomBytes } from "../../shared/bytes.ts";
import type { PauseReason } from "../../shared/protocol/control.ts";
import type { HostToRecorder, Microphone, RecorderToHost } from "../messaging/recorder-port.ts";
import { createOverlay, type Overlay } from "../overlay/overlay.ts";
import { announceToParent, isSeenByParent, listenToChildren } from "./frames.ts";
import { type HostPort, openHostPort, type Runtime } from "./port.ts";
import { startStream, type Stream } from "./stream.ts";

/** One recorder at a time in a document: a newer injection finds the older one here. */
const SLOT = Symbol.for("epaule.recorder");

type Session = { salt: Uint8Array; who: string; language: "fr" | "en" };

/** A bare image, feed or drawing has no place for a banner. */
function isHtmlDocument(): boolean {
  return /^(?:text\/html|application\/xhtml\+xml)$/.test(document.contentType);
}

/**
 * The recorder of one document: it asks the host over its Port whether it is wanted, and does
 * nothing before `host.start`. After `host.stop` nothing of it is left in the page.
 */
export function startRecorder(runtime: Runtime): void {
  const older: unknown = Reflect.get(globalThis, SLOT);
  if (typeof older === "function") {
    if (older("alive") === true) return;
    older("leave");
  }
  if (!isHtmlDocument() || isSeenByParent()) return;

  const top = window.parent === window;
  const documentId = encodeBase64url(randomBytes(16));
  const abort = new AbortController();
  let session: Session | undefined;
  let stream: Stream | undefined;
  let overlay: Overlay | undefined;
  let paused: PauseReason | undefined;
  let microphone: Microphone = "none";
  let gone = false;
  /** The Port was lost, and the host has not taken us again. */
  let lost = false;
  let stopFrames: (() => void)[] = [];

  const send = (message: RecorderToHost): void => port.send(message);

  const stopStream = (): void => {
    stream?.stop();
    stream = undefined;
    for (const stop of stopFrames) stop();
    stopFrames = [];
  };

  const leave = (): void => {
    if (gone) return;
    gone = true;
    abort.abort();
    stopStream();
    overlay?.remove();
    overlay = undefined;
    Reflect.deleteProperty(globalThis, SLOT);
    port.close();
  };

  /** Acts here first, then tells ([S5]). */
  const pause = (reason: PauseReason, tell: boolean): void => {
    paused = reason;
    stopStream();
    overlay?.pause(reason);
    if (tell) send({ type: "recorder.pause", reason });
  };

  const record = (known: Session): void => {
    stopStream();
    if (overlay === undefined) return;
    const shown = overlay;
    let failed = false;
    try {
      stream = startStream({
        salt: known.salt,
        overlay: shown.host,
        scrollBar: () => shown.scrollBar,
        send,
        sendText: (text) => port.sendText(text),
        failed: () => {
          failed = true;
          pause("mask-failed", true);
        },
        topLayerChanged: () => overlay?.raise(),
        replaced: () => begin(known),
      });
    } catch {
      failed = true;
    }
    if (failed || stream === undefined) return pause("mask-failed", true);
    const { idOf } = stream;
    stopFrames = [
      announceToParent((nonce) => send({ type: "recorder.child", nonce })),
      listenToChildren(idOf, (childNonce, node) =>
        send({ type: "recorder.frame", childNonce, node }),
      ),
    ];
  };

  const draw = ({ who, language }: Session): void => {
    overlay?.remove();
    overlay = createOverlay({
      who,
      language,
      banner: top,
      nodeOf: (id) => stream?.nodeOf(id) ?? null,
      // Here first, then told ([S5]).
      stop: () => {
        stopStream();
        overlay?.remove();
        send({ type: "recorder.stop" });
        leave();
      },
      pause: () => pause("asked", true),
      microphone,
      bannerRemoved: () => pause("banner-removed", true),
      guideState: (state) => send({ type: "recorder.guide", ...state }),
    });
  };

  const begin = (known: Session): void => {
    draw(known);
    record(known);
  };

  const start = (message: Extract<HostToRecorder, { type: "host.start" }>): void => {
    const salt = decodeBase64url(message.salt);
    if (salt === undefined) return leave();
    const again = session !== undefined && message.salt === encodeBase64url(session.salt);
    session = { salt, who: message.who, language: message.language };
    lost = false;
    paused = message.paused;
    microphone = message.microphone ?? "none";
    overlay?.microphone(microphone);
    if (top && !document.hidden) send({ type: "recorder.visible", visible: true });
    else if (top) paused ??= "hidden";
    if (paused !== undefined) {
      draw(session);
      return pause(paused, paused !== message.paused);
    }
    if (!again || stream === undefined) return begin(session);
    overlay?.resume();
    return stream.key();
  };

  const onMessage = (message: HostToRecorder): void => {
    switch (message.type) {
      case "host.start":
        return start(message);
      case "host.key":
        return stream?.key();
      case "host.pause":
        return pause(message.reason, false);
      case "host.resume":
        if (session === undefined || paused === undefined) return undefined;
        paused = undefined;
        overlay?.resume();
        return record(session);
      case "host.microphone":
        ({ microphone } = message);
        return overlay?.microphone(microphone);
      case "host.guide":
        if (paused !== undefined || overlay === undefined) return undefined;
        return overlay.guide(message.message, documentId);
      case "host.stop":
        return leave();
      case "host.ping":
        // The host is back and does not take us yet: nobody sees the page.
        if (lost && paused === undefined) overlay?.pause("break");
        return send({ type: "recorder.pong", at: message.at });
    }
  };

  Reflect.set(globalThis, SLOT, (question: "alive" | "leave") => {
    if (question === "leave") leave();
    return !gone && runtime.isAlive();
  });

  const port: HostPort = openHostPort({
    runtime,
    hello: { type: "recorder.hello", document: documentId, top },
    onMessage,
    onLost: () => {
      lost = true;
      // Whoever held it may be gone, and the microphone with it.
      microphone = "none";
      overlay?.microphone(microphone);
      stream?.hold();
    },
    gone: leave,
  });

  const { signal } = abort;
  document.addEventListener(
    "visibilitychange",
    () => send({ type: "recorder.visible", visible: !document.hidden }),
    { signal },
  );
  window.addEventListener("pagehide", (event) => event.persisted && port.rest(), { signal });
  window.addEventListener("pageshow", (event) => event.persisted && port.revive(), { signal });
}
