import type { Clock } from "../../shared/client/clock.ts";
import type { ServerSocket } from "../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../shared/crypto/device-key.ts";
import { openStatement } from "../../shared/crypto/signed-statement.ts";
import { findConsentText } from "../../shared/grants/consent-text.ts";
import type { SignedStatement } from "../../shared/grants/statement.ts";
import { createNonce, type GrantId, type SessionId } from "../../shared/ids.ts";
import type { EndReason } from "../../shared/protocol/control.ts";
import {
  BREAK_MS,
  LONG_BREAK_MS,
  RING_MS,
  SESSION_GRANT_MS,
} from "../../shared/protocol/limits.ts";
import type { BackgroundCalls, Place } from "../messaging/links.ts";
import type { Port } from "../messaging/ports.ts";
import type { ExtractTexts } from "../mirror/mirror-out.ts";
import type { CircleStore, Person } from "../store/circle-store.ts";
import type { Unsent } from "../store/outbox-store.ts";
import type { SessionRecord, SessionStore } from "../store/session-store.ts";
import type { Settings } from "../store/settings-store.ts";
import { createSessionTalk, type SessionTalk } from "../talk/session-talk.ts";
import type { VoicePlace } from "../voice/voice-place.ts";
import { mayVoiceRun } from "../voice/voice-rule.ts";
import { createGate } from "./gate.ts";
import {
  createLiveSession,
  type Fact,
  type Highlight,
  type LiveSession,
  type SealedLink,
} from "./live-session.ts";
import type { Granted } from "./request-help.ts";
import {
  type LiveScene,
  NO_TAB,
  type Plan,
  reduceScene,
  type Scene,
  type SceneEvent,
} from "./session-state.ts";

/** The server finds the other reasons out by itself. */
const OUR_REASONS: ReadonlySet<EndReason> = new Set([
  "stopped",
  "cancelled",
  "left",
  "lost",
  "forged",
]);
/** The server says when a ring is over; where its word is lost, we do. */
const RING_GRACE_MS = 5_000;

export type OpenLink = (options: {
  socket: ServerSocket;
  key: DeviceKey;
  session: SessionId;
  grant: GrantId;
  peer: { id: Person["device"]; publicKey: string };
}) => SealedLink;

/** What the scene does not say of the session that rings or lives. */
type Call = {
  grant: SignedStatement;
  person: Person;
  salt: string;
  /** Monotonic: the grant's end. */
  deadline: number;
  /** The microphone stays as the person left it, whatever happens to this session host. */
  muted: boolean;
  stopTimer: () => void;
};

export type SessionKeeper = ReturnType<typeof createSessionKeeper>;

/** The one session, from its ring to its end, through breaks and restarts. */
export function createSessionKeeper(options: {
  clock: Clock;
  wall: () => number;
  key: () => Promise<DeviceKey>;
  use: () => Promise<ServerSocket>;
  openLink: OpenLink;
  extractTexts: ExtractTexts;
  sessions: SessionStore;
  circle: CircleStore;
  outbox: { add(one: Unsent): Promise<void> };
  background: BackgroundCalls;
  language: () => "fr" | "en";
  place: VoicePlace;
  settings: () => Settings;
  level: (level: number) => void;
  /** `sent`: resolves when the server has heard of it, or can't now. */
  ended: (sent: Promise<unknown>) => void;
  changed: () => void;
  failed: (error: unknown) => void;
}) {
  const { clock, background, sessions } = options;
  const gate = createGate(() => clock.now());
  let scene: Scene = { at: "idle" };
  let call: Call | undefined;
  let live: LiveSession | undefined;
  let talk: SessionTalk | undefined;
  let lastBeat = options.wall();
  let run: Promise<string> | undefined;
  let restoring = true;
  /** Recorders that came back before the session did. */
  const early: Port[] = [];

  /** What it is now, whatever the compiler remembers of before a call. */
  const present = (): Scene => scene;

  function quietly(work: Promise<unknown>): void {
    work.catch(options.failed);
  }

  function dispatch(event: SceneEvent): void {
    const next = reduceScene(scene, event);
    if (next === scene) return;
    scene = next;
    if (scene.at === "live") {
      live?.apply(scene);
      if (event.type === "link-lost") talk?.linkLost();
      allowVoice();
      if (event.type === "link-open") talk?.linkOpened();
      if (event.type === "link-open" && call)
        quietly(options.circle.change(call.person.pairing, { known: true }));
      quietly(save());
    }
    options.changed();
  }

  function allowVoice(): void {
    if (scene.at === "live") talk?.voice?.allow(mayVoiceRun(scene, options.wall()));
  }

  function talkChanged(): void {
    live?.showMicrophone(talk?.microphone ?? "none");
    options.changed();
  }

  async function save(): Promise<void> {
    if (scene.at !== "live" || !call) return;
    const { session, plan, holds, brokeAt } = scene;
    const { grant, deadline, salt, muted } = call;
    const record: SessionRecord = {
      session,
      pairing: plan.pairing,
      grant,
      hosts: [...plan.hosts],
      salt,
      tab: plan.tab,
      run: await browserRun(),
      holds: [...holds],
      muted,
      remaining: Math.max(0, deadline - clock.now()),
      aliveAt: brokeAt ?? options.wall(),
    };
    // The session may have ended meanwhile: an ended one is never stored again.
    if (scene.at === "live" && scene.session === session) await sessions.save(record);
  }

  function browserRun(): Promise<string> {
    run ??= background["browser.run"](null);
    return run;
  }

  /** [S5] Page first, then stored, then sent. `told`: the server has said so itself. */
  function end(reason: EndReason, told = false): void {
    if (scene.at !== "ringing" && scene.at !== "live") return;
    const { session, plan } = scene;
    live?.stop({ type: "session.ended", reason });
    talk?.stop();
    gate.shut();
    call?.stopTimer();
    live = undefined;
    talk = undefined;
    call = undefined;
    dispatch({ type: "over", session, reason });
    const ours = !told && OUR_REASONS.has(reason);
    const sent = ours
      ? options.outbox.add({ type: "session.end", session, reason })
      : Promise.resolve();
    quietly(sent);
    options.ended(sent);
    quietly(sessions.clear());
    quietly(background["page.close"]({ hosts: [...plan.hosts] }));
  }

  async function open(at: LiveScene, grant: Call["grant"], person: Person): Promise<void> {
    const key = await options.key();
    const opened = await openStatement(grant, key.publicKey);
    const socket = await options.use();
    if (scene.at !== "live" || scene.session !== at.session || !call) return;
    gate.open({
      gesture: true,
      tab: scene.plan.tab,
      hosts: opened.statement.hosts,
      remaining: call.deadline - clock.now(),
    });
    lastBeat = options.wall();
    const hasVoice = findConsentText(opened.statement.text)?.voice === true;
    const mine = createSessionTalk({
      place: hasVoice ? options.place : undefined,
      clock,
      wall: options.wall,
      settings: options.settings,
      muted: call.muted,
      restored: at.link === "lost",
      requestTicket: () => socket.request("voice.join", { session: at.session }),
      send: (message) => session.say(message),
      level: options.level,
      changed: talkChanged,
    });
    talk = mine;
    const session = createLiveSession({
      gate,
      clock,
      link: options.openLink({
        socket,
        key,
        session: at.session,
        grant: opened.grant,
        peer: { id: person.device, publicKey: person.key },
      }),
      extractTexts: options.extractTexts,
      start: { salt: call.salt, who: person.name, language: options.language() },
      dispatch,
      wall: options.wall,
      tick,
      report: (fact) => report(at.session, fact),
      talk: (message) => mine.hear(message),
      end: (reason) => end(reason),
      changed: options.changed,
      failed: options.failed,
    });
    live = session;
    live.apply(scene);
    live.start();
    await openPage(scene.plan);
  }

  /** Registers and injects the recorder where it may be; hears where the tab is. */
  async function openPage(plan: Plan): Promise<void> {
    if (plan.tab === NO_TAB) return;
    const place = await background["page.open"]({ tab: plan.tab, hosts: [...plan.hosts] });
    // The recorder has just been put in: it needs a moment to say hello.
    moved(plan.tab, place.at === "inside" ? { ...place, loaded: false } : place);
  }

  function report(session: SessionId, fact: Fact): void {
    quietly(options.use().then((socket) => socket.request("session.report", { session, fact })));
  }

  function tick(): void {
    const wall = options.wall();
    const slept = wall - lastBeat;
    lastBeat = wall;
    if (slept > LONG_BREAK_MS) return end("lost");
    if (slept > BREAK_MS) dispatch({ type: "held", reason: "break" });
    const next = reduceScene(scene, { type: "tick", wall });
    if (next.at === "ended") return end(next.reason);
    allowVoice();
    quietly(save());
  }

  function moved(tab: number, place: Place): void {
    if (scene.at !== "live" || scene.plan.tab !== tab) return;
    if (place.at === "gone") return end("stopped");
    if (place.at === "outside") return dispatch({ type: "held", reason: "left-site" });
    dispatch({ type: "released", reason: "left-site" });
    // A page from the browser's cache, or one that was prerendered, has no recorder that talks to us.
    if (place.loaded && live && !live.page) quietly(background["page.inject"]({ tab }));
  }

  function pickUp(session: SessionId): void {
    if (scene.at !== "ringing" || scene.session !== session || !call) return;
    call.stopTimer();
    const { grant, person } = call;
    dispatch({ type: "picked-up", session, wall: options.wall() });
    const answered = present();
    if (answered.at !== "live") return;
    open(answered, grant, person).catch((error: unknown) => {
      options.failed(error);
      end("lost");
    });
  }

  return {
    get scene(): Scene {
      return scene;
    },
    get highlight(): Highlight | undefined {
      return live?.highlight;
    },
    get talk(): SessionTalk | undefined {
      return talk;
    },
    mute(muted: boolean): void {
      if (!call) return;
      call.muted = muted;
      talk?.voice?.mute(muted);
      quietly(save());
    },
    get lives(): boolean {
      return scene.at === "ringing" || scene.at === "live";
    },
    dispatch,
    end,
    moved,
    pickUp,
    /** The server's word: about this session, or about nothing. */
    over(session: SessionId, reason: EndReason): void {
      if ((scene.at === "ringing" || scene.at === "live") && scene.session === session)
        end(reason, true);
    },

    /** The ring: the server has stored the grant. */
    ring(granted: Granted, person: Person): void {
      const { session, grant } = granted;
      dispatch({ type: "requested", session, now: clock.now() });
      if (present().at !== "ringing") return;
      call = {
        grant,
        person,
        salt: createNonce(),
        deadline: clock.now() + SESSION_GRANT_MS,
        muted: false,
        stopTimer: clock.setTimeout(() => end("missed"), RING_MS + RING_GRACE_MS),
      };
    },

    accept(port: Port): void {
      if (live) live.accept(port);
      else if (restoring) early.push(port);
      else port.close();
    },

    /** After each connection: the server may have answered, or ended it, while we were away. */
    async sync(): Promise<void> {
      if (scene.at !== "ringing" && scene.at !== "live") return;
      const { session } = scene;
      const socket = await options.use();
      const { current, last } = await socket.request("session.current", {});
      const then = present();
      if ((then.at !== "ringing" && then.at !== "live") || then.session !== session) return;
      if (current?.session !== session) {
        if (last?.session === session) return end(last.reason, true);
        return end(then.at === "ringing" ? "missed" : "lost", true);
      }
      if (current.state !== "live") return;
      if (call) call.deadline = Math.min(call.deadline, clock.now() + current.remaining);
      gate.shorten(current.remaining);
      pickUp(session);
    },

    /** « Reprendre ». `here`: the page in front, for a tab that was lost with the browser's run. */
    async resume(here: { tab: number } | undefined): Promise<void> {
      if (scene.at !== "live" || !call) return;
      if (scene.plan.tab === NO_TAB) {
        if (!here) return;
        dispatch({ type: "rebound", tab: here.tab });
        gate.open({
          gesture: true,
          tab: here.tab,
          hosts: scene.plan.hosts,
          remaining: call.deadline - clock.now(),
        });
      }
      dispatch({ type: "resumed" });
      const resumed = present();
      if (resumed.at === "live" && !live?.page) await openPage(resumed.plan);
    },

    /** [S4] What a killed host or a restarted browser left behind. */
    async restore(): Promise<void> {
      try {
        await this.bringBack();
      } finally {
        restoring = false;
        for (const port of early.splice(0)) this.accept(port);
      }
    },

    async bringBack(): Promise<void> {
      const record = await sessions.load();
      if (!record) return sessions.clear();
      const person = await options.circle.find(record.pairing);
      const away = options.wall() - record.aliveAt;
      const sameRun = record.run === (await browserRun());
      const { session, pairing, hosts, grant, salt, muted = false } = record;
      const plan = { pairing, hosts, window: 0, tab: sameRun ? record.tab : NO_TAB };
      const holds = sameRun ? record.holds : [...new Set([...record.holds, "break" as const])];
      dispatch({ type: "restored", plan, session, holds, brokeAt: record.aliveAt });
      const restored = present();
      if (restored.at !== "live") return;
      // A clock that went back tells nothing of how long it was: fail closed.
      const remaining = record.remaining - away;
      if (!person || away < 0 || away > LONG_BREAK_MS || remaining <= 0) return end("lost");
      const deadline = clock.now() + remaining;
      call = { grant, person, salt, deadline, muted, stopTimer: () => undefined };
      await open(restored, grant, person);
      await this.sync();
    },
  };
}
