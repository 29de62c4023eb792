import { createFakeClock, settle, until } from "../../../shared/client/testing/fake-clock.ts";
import { createDeviceKey, type DeviceKey } from "../../../shared/crypto/device-key.ts";
import { CONSENT_TEXTS, type ConsentText } from "../../../shared/grants/consent-text.ts";
import {
  createNonce,
  createPairingId,
  type PairingId,
  type SessionId,
} from "../../../shared/ids.ts";
import { INERT_MS, RING_MS } from "../../../shared/protocol/limits.ts";
import { type Host, hostSchema } from "../../../shared/sites.ts";
import type { BackgroundCalls, Place } from "../../messaging/links.ts";
import { PANEL_PORT, type PanelCommand, type PanelView } from "../../messaging/panel-port.ts";
import { RECORDER_PORT, type RecorderToHost } from "../../messaging/recorder-port.ts";
import { createCircleStore } from "../../store/circle-store.ts";
import { createMemoryKeyValue, type KeyValue } from "../../store/key-value.ts";
import { createHost, type SessionHost } from "../host.ts";
import { createFakeLink, type FakeLink } from "./fake-link.ts";
import { createFakePlace, type FakePlace } from "./fake-place.ts";
import { createFakePort, type FakePort } from "./fake-port.ts";
import { fakeReceipt } from "./fake-receipt.ts";
import { createFakeServer, type FakeServer } from "./fake-server.ts";

const SERVER = "https://epaule.example";
export const CAF: Host = hostSchema.parse("www.caf.example");
export const TAB = 7;
export const WINDOW = 1;
const PAGE = { frame: 0, tab: TAB, origin: `https://${CAF}` };
const DOCUMENT = "AAAAAAAAAAAAAAAAAAAAAA";
const WALL_START = 1_700_000_000_000;

type Calls = { call: string; input: unknown }[];

/** A host with nothing real around it: time, server, link, browser and pages are the test's. */
export type World = {
  host: SessionHost;
  server: FakeServer;
  keyValue: KeyValue;
  pairing: PairingId;
  helper: DeviceKey;
  links: FakeLink[];
  readonly link: FakeLink;
  /** Where the voice is; another one with each session host. */
  readonly voice: FakePlace;
  calls: Calls;
  called(name: string): unknown[];
  place: Place;
  faults: unknown[];
  panel: FakePort;
  readonly view: PanelView;
  say(command: PanelCommand): Promise<void>;
  advance(ms: number): Promise<void>;
  /** The wall clock alone: the computer slept. */
  sleep(ms: number): void;
  recorder(sender?: Partial<FakePort["sender"]>, hello?: Partial<Hello>): FakePort;
  record(port: FakePort, message: RecorderToHost): Promise<void>;
  readonly session: SessionId;
  consent(): Promise<void>;
  ring(): Promise<void>;
  /** The helper answers; nothing is open yet. */
  answer(): Promise<void>;
  live(): Promise<FakePort>;
  restart(options?: { wait?: number; run?: string }): Promise<void>;
};
type Hello = Extract<RecorderToHost, { type: "recorder.hello" }>;

export async function createWorld(
  options: { known?: boolean; voice?: boolean } = {},
): Promise<World> {
  const clock = createFakeClock();
  let slept = 0;
  const wall = (): number => WALL_START + slept + clock.now();
  const keyValue = createMemoryKeyValue();
  const pairing = createPairingId();
  const helper = await createDeviceKey();
  let run = "first";
  await createCircleStore(keyValue).add({
    pairing,
    device: helper.id,
    key: helper.publicKey,
    card: { name: "Marie Dupont", role: "relative", check: "none" },
    name: "Marie",
    pairedAt: WALL_START,
    known: options.known ?? true,
  });
  const calls: Calls = [];
  const links: FakeLink[] = [];
  const faults: unknown[] = [];
  const note =
    <T>(call: string, value: () => T) =>
    (input: unknown): Promise<T> => {
      calls.push({ call, input });
      return Promise.resolve(value());
    };
  const background: BackgroundCalls = {
    "page.open": note("page.open", () => world.place),
    "page.inject": note("page.inject", () => null),
    "page.close": note("page.close", () => null),
    "page.find": note("page.find", () => world.place),
    "badge.show": note("badge.show", () => null),
    "browser.run": note("browser.run", () => run),
    "host.open": note("host.open", () => null),
    "host.lives": note("host.lives", () => null),
    "host.idle": note("host.idle", () => null),
  };
  const server = createFakeServer({
    "session.nonce": { nonce: createNonce() },
    "session.request": async (body: unknown) => ({
      remaining: RING_MS,
      receipt: await fakeReceipt(body),
    }),
    "session.current": { current: null },
    "journal.read": { rows: [], head: null, contact: null },
    "pairing.list": { pairings: [{ pairing, state: "active" }] },
  });

  let voice = createFakePlace();

  function open(): SessionHost {
    voice = createFakePlace();
    return createHost({
      serverUrl: SERVER,
      clock,
      wall,
      keyValue,
      openSocket: () => server.socket,
      openLink() {
        const link = createFakeLink();
        links.push(link);
        return link;
      },
      extractTexts: (events) => Promise.resolve({ events, texts: new Map() }),
      background,
      place: voice,
      failed: (error) => faults.push(error),
    });
  }

  async function openPanel(): Promise<void> {
    world.panel = createFakePort(PANEL_PORT, { fromUs: true });
    world.host.accept(world.panel);
    await world.say({
      type: "panel.here",
      window: WINDOW,
      tab: TAB,
      url: `https://${CAF}/compte?numero=1`,
    });
  }

  const world: World = {
    host: open(),
    server,
    keyValue,
    pairing,
    helper,
    links,
    calls,
    faults,
    place: { at: "inside", host: CAF, loaded: true },
    panel: createFakePort(PANEL_PORT, { fromUs: true }),
    get link() {
      const link = links.at(-1);
      if (!link) throw new Error("no link yet");
      return link;
    },
    get voice() {
      return voice;
    },
    called: (name) => calls.filter(({ call }) => call === name).map(({ input }) => input),
    get view() {
      // The panel's Port carries views only.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return world.panel.posted.at(-1) as PanelView;
    },
    async say(command) {
      world.panel.say(command);
      await settle();
    },
    advance: (ms) => clock.advance(ms),
    sleep(ms) {
      slept += ms;
    },
    recorder(sender = {}, hello = {}) {
      const port = createFakePort(RECORDER_PORT, { ...PAGE, ...sender });
      world.host.accept(port);
      const said: Hello = { type: "recorder.hello", document: DOCUMENT, top: true, ...hello };
      port.say(JSON.stringify(said));
      return port;
    },
    async record(port, message) {
      port.say(JSON.stringify(message));
      await settle();
    },
    get session() {
      const { scene } = world.host;
      if (scene.at !== "ringing" && scene.at !== "live") throw new Error(`no call: ${scene.at}`);
      return scene.session;
    },
    async consent() {
      await world.say({ type: "help.ask", pairing });
      if (world.view.scene.at !== "question") return;
      await clock.advance(INERT_MS);
      await world.say({ type: "help.answer", answer: "together" });
    },
    async ring() {
      await world.consent();
      const { hash: text } = findText(options.voice ?? false);
      await world.say({ type: "help.accept", hosts: [CAF], text });
      await until(() => !(world.view.scene.at === "consent" && world.view.scene.busy));
    },
    async answer() {
      const before = links.length;
      server.tell({ type: "session.answered", session: world.session });
      await until(() => links.length > before, "a link");
      await settle();
    },
    async live() {
      await world.ring();
      await world.answer();
      const page = world.recorder();
      world.link.emit({ type: "open", known: [] });
      await settle();
      return page;
    },
    async restart({ wait = 0, run: next = run } = {}) {
      slept += wait;
      run = next;
      world.host = open();
      await world.host.ready();
      await openPanel();
    },
  };
  await world.host.ready();
  await openPanel();
  return world;
}

/** The newest that opens a microphone, or that doesn't. */
function findText(voice: boolean): ConsentText {
  const text = CONSENT_TEXTS.find((one) => one.language === "fr" && one.voice === voice);
  if (!text) throw new Error("no such consent text");
  return text;
}

export const events = (
  key: boolean,
  text = "rien",
): Extract<RecorderToHost, { type: "recorder.events" }> => ({
  type: "recorder.events",
  key,
  viewport: { width: 1280, height: 800 },
  events: [{ type: key ? 2 : 3, timestamp: 1, data: { text } }],
});
