import { z } from "zod";

import type { Clock } from "../../shared/client/clock.ts";
import type { ServerSocket, SocketEvent } from "../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../shared/crypto/device-key.ts";
import { CLOSE } from "../../shared/protocol/close-codes.ts";
import { createJournalKeeper } from "../journal/journal-keeper.ts";
import type { BackgroundCalls, HostCalls } from "../messaging/links.ts";
import { PANEL_PORT } from "../messaging/panel-port.ts";
import type { Port } from "../messaging/ports.ts";
import { RECORDER_PORT } from "../messaging/recorder-port.ts";
import type { ExtractTexts } from "../mirror/mirror-out.ts";
import { createPairing } from "../pairing/pairing.ts";
import { readInvitation } from "../pairing/read-invitation.ts";
import { createSessionKeeper, type OpenLink } from "../session/session-keeper.ts";
import type { Scene } from "../session/session-state.ts";
import { type Blocked, createCircleStore, type Person } from "../store/circle-store.ts";
import { loadDeviceKey } from "../store/device-store.ts";
import { createJournalStore } from "../store/journal-store.ts";
import type { KeyValue } from "../store/key-value.ts";
import { createOutboxStore } from "../store/outbox-store.ts";
import { createReceiptStore } from "../store/receipt-store.ts";
import { createSessionStore } from "../store/session-store.ts";
import { createSettingsStore, FIRST_SETTINGS } from "../store/settings-store.ts";
import type { VoicePlace } from "../voice/voice-place.ts";
import { badgeOf } from "./badge.ts";
import { createCommands } from "./commands.ts";
import { createOutbox } from "./outbox.ts";
import { createPanels } from "./panels.ts";
import { createServerLine } from "./server-line.ts";
import { createTalkCommands } from "./talk-commands.ts";
import { viewOf } from "./view.ts";

/** Nobody needs the host: it closes after that long. */
const IDLE_MS = 30_000;
/** What could not be sent keeps the host trying that long; then the next start does. */
const UNSENT_MS = 600_000;
/** Half of the time after which a browser stops an idle service worker. */
const LIVES_MS = 15_000;

const LANGUAGE = "language";
const languageSchema = z.enum(["fr", "en"]).catch("fr");

export type HostDeps = {
  serverUrl: string;
  clock: Clock;
  /** Wall clock, in milliseconds. */
  wall: () => number;
  keyValue: KeyValue;
  openSocket: (key: DeviceKey) => ServerSocket;
  openLink: OpenLink;
  extractTexts: ExtractTexts;
  background: BackgroundCalls;
  place: VoicePlace;
  failed: (error: unknown) => void;
};

export type SessionHost = ReturnType<typeof createHost>;

/** The session host: everything that outlives pages, panels and workers meets here. */
export function createHost(deps: HostDeps) {
  const { clock, wall, keyValue, background } = deps;
  const circle = createCircleStore(keyValue);
  const settingsStore = createSettingsStore(keyValue);
  let people: Person[] = [];
  let blocked: Blocked[] = [];
  let language: "fr" | "en" = "fr";
  let settings = FIRST_SETTINGS;
  let badge = "";
  let stopIdle: (() => void) | undefined;
  let unsentSince = clock.now();
  let retired = false;

  const quietly = (work: Promise<unknown>): void => {
    work.catch(deps.failed);
  };

  const line = createServerLine({
    loadKey: () => loadDeviceKey(keyValue),
    openSocket: deps.openSocket,
    listen: hearServer,
  });
  const use = (): Promise<ServerSocket> => line.use();
  const outbox = createOutbox({ store: createOutboxStore(keyValue), use, settled: changed });
  const pairing = createPairing({
    serverUrl: deps.serverUrl,
    use,
    key: () => line.key(),
    add: (person) => circle.add(person),
    isBlocked: (device) => circle.isBlocked(device),
    wall,
    changed,
  });
  const journal = createJournalKeeper({
    store: createJournalStore(keyValue),
    key: () => line.key(),
    use,
    unsent: () => outbox.waiting,
    changed,
  });
  const keeper = createSessionKeeper({
    clock,
    wall,
    key: () => line.key(),
    use,
    openLink: deps.openLink,
    extractTexts: deps.extractTexts,
    sessions: createSessionStore(keyValue),
    circle,
    outbox,
    background,
    language: () => language,
    place: deps.place,
    settings: () => settings,
    level: (level) => panels.level(level),
    ended: (sent) => quietly(journal.sessionOver(sent)),
    changed,
    failed: deps.failed,
  });
  const talkCommands = createTalkCommands({
    keeper,
    async changeSettings(change) {
      settings = await settingsStore.change(change);
    },
  });
  const commands = createCommands({
    clock,
    wall,
    key: () => line.key(),
    use,
    background,
    circle,
    outbox,
    pairing,
    keeper,
    receipts: createReceiptStore(keyValue),
    aside: quietly,
    async setLanguage(next) {
      language = next;
      await keyValue.set(LANGUAGE, next);
    },
  });
  const panels = createPanels({
    view: (here) => ({
      ...viewOf(
        {
          people,
          blocked,
          pairing: pairing.view(),
          scene: keeper.scene,
          highlight: keeper.highlight,
          offline: line.offline,
          now: clock.now(),
          wall: wall(),
        },
        here,
      ),
      journal: journal.state,
      settings,
      ...(retired ? { retired } : {}),
      ...(keeper.talk ? { talk: keeper.talk.view } : {}),
    }),
    command(command, here) {
      quietly(commands.run(command, here).finally(refresh));
    },
    talk(command) {
      quietly(talkCommands.run(command).finally(changed));
    },
    showLevel: (show) => keeper.talk?.voice?.showLevel(show),
    changed,
  });

  function hearServer(event: SocketEvent): void {
    if (event.type === "online") retired = false;
    if (event.type === "closed" && event.code === CLOSE.RETIRED) retired = true;
    if (event.type === "online") {
      quietly(outbox.flush().then(() => journal.online()));
      quietly(keeper.sync());
    }
    if (event.type === "offline" || event.type === "closed") pairing.lineLost();
    if (event.type === "message") {
      const { message } = event;
      if (message.type === "session.answered") keeper.pickUp(message.session);
      if (message.type === "session.over") keeper.over(message.session, message.reason);
      quietly(pairing.hear(message).finally(refresh));
    }
    if (event.type !== "frame") changed();
  }

  function refresh(): void {
    quietly(readCircle());
  }

  async function readCircle(): Promise<void> {
    people = await circle.list();
    blocked = await circle.listBlocked();
    changed();
  }

  function changed(): void {
    panels.show();
    showBadge();
    if (!outbox.waiting) unsentSince = clock.now();
    stopIdle?.();
    stopIdle = isNeeded() ? undefined : clock.setTimeout(rest, IDLE_MS);
  }

  function isNeeded(): boolean {
    const unsent = outbox.waiting && clock.now() - unsentSince < UNSENT_MS;
    return panels.count > 0 || keeper.lives || pairing.active || journal.busy || unsent;
  }

  function rest(): void {
    if (isNeeded()) return;
    line.close();
    quietly(background["host.idle"](null));
  }

  function showBadge(): void {
    const { scene } = keeper;
    const id = "plan" in scene ? scene.plan.pairing : undefined;
    const name = people.find((person) => person.pairing === id)?.name ?? "";
    const next = badgeOf(scene, name, language);
    const text = JSON.stringify(next);
    if (text === badge) return;
    badge = text;
    quietly(background["badge.show"](next));
  }

  /** The other side may have ended a pairing meanwhile, or call themselves otherwise. */
  async function checkCircle(): Promise<void> {
    const ours = people.filter((person) => !person.ended);
    if (ours.length > 0) await checkPairings(ours);
    // [J5] A journal that was read once is followed when nobody is left, too.
    if (ours.length > 0 || journal.state !== "none") await journal.follow();
  }

  async function checkPairings(ours: readonly Person[]): Promise<void> {
    const { pairings } = await (await use()).request("pairing.list", {});
    const active = new Map(
      pairings.filter(({ state }) => state === "active").map((one) => [one.pairing, one]),
    );
    for (const { pairing: id } of ours) {
      const now = active.get(id);
      if (!now) await circle.change(id, { ended: true });
      else if (now.card) await circle.change(id, { card: now.card });
    }
    refresh();
  }

  function beat(): void {
    if (keeper.lives) quietly(background["host.lives"](null));
    clock.setTimeout(beat, LIVES_MS);
  }

  const calls: HostCalls = {
    "tab.moved": ({ tab, place }) => Promise.resolve(keeper.moved(tab, place)).then(() => null),
    "session.stop": async () => {
      await ready;
      commands.stop();
      return null;
    },
    "host.needed": async () => {
      await ready;
      return isNeeded();
    },
    "microphone.changed": async () => {
      await ready;
      keeper.talk?.voice?.look();
      return null;
    },
    "journal.read": async () => {
      await ready;
      const { id: device, publicKey } = await line.key();
      const names = people.map((person) => ({ device: person.device, name: person.name }));
      return { device, key: publicKey, ...(await journal.read()), people: names };
    },
    "journal.contest": async ({ row }) => {
      await journal.contest(row);
      return null;
    },
    "icon.clicked": async ({ url }) => {
      await ready;
      const invited = url !== undefined && readInvitation(url, deps.serverUrl).type === "link";
      if (invited && !keeper.lives) await pairing.read(url);
      return null;
    },
  };

  async function start(): Promise<void> {
    language = languageSchema.parse(await keyValue.get(LANGUAGE));
    people = await circle.list();
    blocked = await circle.listBlocked();
    settings = await settingsStore.load();
    await keeper.restore();
    changed();
    quietly(journal.load());
    await outbox.resume();
    quietly(journal.online());
  }

  const ready = start().catch(deps.failed);
  beat();

  return {
    calls,
    get scene(): Scene {
      return keeper.scene;
    },
    /** Resolves when what was stored is back. */
    ready: (): Promise<void> => ready,
    accept(port: Port): void {
      if (port.name === RECORDER_PORT) return keeper.accept(port);
      if (port.name !== PANEL_PORT) return;
      panels.accept(port);
      quietly(ready.then(checkCircle));
    },
    /** The browser has a network again. */
    online: (): void => line.retry(),
  };
}
