import type { Clock } from "../../../shared/client/clock.ts";
import { createLink, type Incoming } from "../../../shared/client/link.ts";
import type { ServerSocket, SocketEvent } from "../../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../../shared/crypto/device-key.ts";
import { AppError, assertNever } from "../../../shared/errors.ts";
import { CLOSE } from "../../../shared/protocol/close-codes.ts";
import type { EndReason } from "../../../shared/protocol/control.ts";
import type { VerifiedCall } from "../calls/verified-call.ts";
import type { Described, FromPlayer, PlayerMode, ToPlayer } from "../player/port.ts";
import { createObservable } from "../store/observable.ts";
import { rememberSwitchedOff } from "../talk/preferences.ts";
import { createTalk } from "../talk/talk.ts";
import { createGuidance } from "./guidance.ts";
import { createPicture } from "./picture.ts";
import { createPlayerPort } from "./player-port.ts";
import { canGuide, initialSession, reduceSession } from "./session-state.ts";

/** [M4] A request for a key frame is honoured this often at most. */
const REQUEST_MS = 2_000;
/** A key frame comes by itself after a handshake; this long without one, it is asked for. */
const KEY_FRAME_MS = 3_000;

type Message = Incoming<"helper">;

/**
 * One session at the helper's end, from the answer to its end: the sealed link, the player, and
 * what the helper shows. It lives as long as its screen.
 */
export type LiveSession = ReturnType<typeof createLiveSession>;

export function createLiveSession({
  call,
  socket,
  key,
  clock,
  onOver,
}: {
  call: VerifiedCall;
  socket: ServerSocket;
  key: DeviceKey;
  clock: Clock;
  /** Once. "closed": the server says that it is over, and not why. */
  onOver: (reason: EndReason | "closed") => void;
}) {
  const state = createObservable(reduceSession, {
    ...initialSession,
    network: socket.state === "offline" ? "offline" : "online",
  });
  let language: "fr" | "en" = "fr";
  let over = false;
  let playerLoads = 0;
  let pendingText = "";
  let requestedAt = Number.NEGATIVE_INFINITY;
  let stopKeyTimer: (() => void) | undefined;

  const player = createPlayerPort(hearPlayer);
  const picture = createPicture({
    hosts: call.statement.hosts,
    player,
    onPage: (page) => state.dispatch({ type: "page", ...page }),
  });
  const link = createLink({
    end: "helper",
    socket,
    session: call.session,
    grant: call.grant,
    key,
    peer: call.peer,
    known: picture.known,
    clock,
  });
  const guidance = createGuidance({
    send: (message) => link.send(message),
    isOpen: () => link.open,
  });
  const talk = createTalk({
    requestToken: () => socket.request("voice.join", { session: call.session }),
    send: (message) => link.send(message),
    clock,
    wall: Date.now,
    switchedOff: rememberSwitchedOff(call.session),
  });
  const stopListening = [
    link.listen((event) => {
      switch (event.type) {
        case "open":
          state.dispatch({ type: "opened" });
          talk.linkOpened();
          expectKeyFrame();
          return undefined;
        case "lost":
          state.dispatch({ type: "lost" });
          talk.linkLost();
          void checkCurrent();
          return undefined;
        case "slow":
          return state.dispatch(event);
        case "forged":
          return end("forged");
        case "message":
          return hearPeer(event.message);
        default:
          return assertNever(event);
      }
    }),
    socket.listen(hearSocket),
  ];

  function hearSocket(event: SocketEvent): void {
    if (event.type === "online") {
      state.dispatch({ type: "network", online: true });
      void checkCurrent();
    } else if (event.type === "offline") {
      state.dispatch({ type: "network", online: false });
    } else if (event.type === "closed") {
      finish(event.code === CLOSE.NO_GRANT ? "revoked" : "closed");
    } else if (event.type === "message") {
      const { message } = event;
      if (message.type === "session.over" && message.session === call.session)
        finish(message.reason);
    }
  }

  async function hearPeer(message: Message): Promise<void> {
    switch (message.type) {
      case "mirror.page":
        return picture.page(message);
      case "mirror.events":
        if (message.key) stopKeyTimer?.();
        return picture.events(message);
      case "asset.data":
        return picture.data(message);
      case "asset.bound":
        return picture.bind(message);
      case "asset.missing":
        return picture.miss(message);
      case "mirror.paused":
        return state.dispatch({ type: "paused", reason: message.reason });
      case "mirror.resumed":
        return state.dispatch({ type: "resumed" });
      case "guide.state": {
        const { guide, name } = message;
        state.dispatch({ type: "guided", guide, state: message.state, name });
        if (message.state === "lost" || message.state === "refused") mark(null);
        return undefined;
      }
      case "voice.key":
      case "voice.status":
      case "text.message":
      case "text.received":
      case "phone.number":
        return talk.hear(message);
      case "session.ended":
        return finish(message.reason);
      default:
        return assertNever(message);
    }
  }

  function hearPlayer(message: FromPlayer): void {
    switch (message.type) {
      case "ready":
        return tellPlayer();
      case "painted":
        return state.dispatch({ type: "painted", document: message.document });
      case "request":
        return requestKeyFrame();
      case "pick":
        return highlight(message.element, pendingText);
      case "point":
        if (canGuide(state.get()) || message.anchor === null) guidance.pointer(message.anchor);
        return undefined;
      case "stroke":
        if (canGuide(state.get())) guidance.stroke(message.document, message.points, message.last);
        return undefined;
      case "elements":
        return state.dispatch({ type: "elements", elements: message.elements });
      case "hover":
      case "worked":
        return undefined;
      default:
        return assertNever(message);
    }
  }

  /** A player that has just been loaded, first or again, knows nothing. */
  function tellPlayer(): void {
    const { mode, scale } = state.get();
    player.post({ type: "language", language });
    player.post({ type: "mode", mode });
    player.post({ type: "scale", scale });
    picture.tellAgain();
    // What the one before had drawn is gone with it.
    if (playerLoads > 0) requestKeyFrame();
    playerLoads += 1;
  }

  function requestKeyFrame(): void {
    const wait = requestedAt + REQUEST_MS - clock.now();
    stopKeyTimer?.();
    if (wait > 0) {
      stopKeyTimer = clock.setTimeout(requestKeyFrame, wait);
      return;
    }
    requestedAt = clock.now();
    link.send({ type: "mirror.request" }).catch(ignoreLoss);
  }

  function expectKeyFrame(): void {
    stopKeyTimer?.();
    stopKeyTimer = clock.setTimeout(() => {
      if (link.open && !state.get().paused) requestKeyFrame();
    }, KEY_FRAME_MS);
  }

  /** The word of the end may have been said while we were away. */
  async function checkCurrent(): Promise<void> {
    if (socket.state !== "online") return;
    try {
      const { current, last } = await socket.request("session.current", {});
      if (current?.session === call.session) return;
      finish(last?.session === call.session ? last.reason : "closed");
    } catch (error) {
      ignoreLoss(error);
    }
  }

  function finish(reason: EndReason | "closed"): void {
    if (over) return;
    over = true;
    stop();
    onOver(reason);
  }

  function end(reason: EndReason): void {
    if (over) return;
    socket.request("session.end", { session: call.session, reason }).catch(ignoreLoss);
    finish(reason);
  }

  function stop(): void {
    stopKeyTimer?.();
    talk.stop();
    for (const stopOne of stopListening) stopOne();
    link.close();
    player.close();
  }

  function mark(at: { document: string; node: number } | null): void {
    player.post({ type: "mark", at });
  }

  function highlight(element: Described, text: string): void {
    if (!canGuide(state.get())) return;
    const { guide, sent } = guidance.highlight(element, text);
    state.dispatch({ type: "highlighted", guide, element, text });
    mark(element);
    void tellFailure(guide, sent);
  }

  async function tellFailure(guide: number, sent: Promise<boolean>): Promise<void> {
    if (!(await sent)) state.dispatch({ type: "guided", guide, state: "failed" });
  }

  link.start();

  return {
    state,
    talk,
    attachPlayer: (frame: Window, playerOrigin: string): void => player.attach(frame, playerOrigin),
    tell: (message: ToPlayer): void => player.post(message),
    setLanguage(next: "fr" | "en"): void {
      language = next;
      player.post({ type: "language", language });
    },
    setMode: (mode: PlayerMode): void => {
      state.dispatch({ type: "mode", mode });
      player.post({ type: "mode", mode });
    },
    setScale(scale: "fit" | "actual"): void {
      state.dispatch({ type: "scale", scale });
      player.post({ type: "scale", scale });
    },
    /** Goes with the next highlight; already parsed by `guideTextSchema`. */
    setText(text: string): void {
      pendingText = text;
    },
    highlight,
    clear: (): void => {
      void guidance.clear();
      player.post({ type: "clear" });
      state.dispatch({ type: "cleared" });
    },
    async leave(): Promise<void> {
      // Sealed word first, then the server's: closing the link could overtake it.
      await link.send({ type: "session.ended", reason: "left" }).catch(ignoreLoss);
      end("left");
    },
    stop(): void {
      over = true;
      stop();
    },
  };
}

/** What is lost with a connection is begun again by the next one. */
function ignoreLoss(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}
