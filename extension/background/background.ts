import { answerCalls, createCaller } from "../messaging/calls.ts";
import {
  type BackgroundCalls,
  backgroundTable,
  type HostCalls,
  hostTable,
  TETHER_PORT,
} from "../messaging/links.ts";
import type { Port } from "../messaging/ports.ts";
import { browser } from "../platform/browser.ts";
import { removeEveryHost } from "../platform/permissions.ts";
import { connectPort, runtimeBus } from "../platform/runtime.ts";
import { HOST_IN_BACKGROUND, isHostOpen, openHost } from "../platform/session-host.ts";
import { openPanel } from "../platform/side-panel.ts";
import { openKeyValue } from "../store/key-value.ts";
import { createOutboxStore } from "../store/outbox-store.ts";
import { createSessionStore } from "../store/session-store.ts";
import { createBackgroundCalls } from "./background-calls.ts";
import { placeOf, watchedPage } from "./watched-page.ts";

const WATCH = "watch";
/** Between the loss of the host's tether and the next look. */
const LOOK_AGAIN_MS = 100;

/**
 * Registers every listener at once, keeps no state that it could not lose. `startHost`: where the
 * host lives in this very context.
 */
export function startBackground(options: {
  startHost?: (background: BackgroundCalls) => HostCalls;
  failed: (error: unknown) => void;
}): void {
  let tether: Port | undefined;
  let updateWaits = false;

  const quietly = (work: Promise<unknown>): void => {
    work.catch(options.failed);
  };

  const calls = createBackgroundCalls({
    watch() {
      quietly(browser.alarms.create(WATCH, { periodInMinutes: 1 }));
      holdTether();
    },
    unwatch() {
      quietly(browser.alarms.clear(WATCH));
      const held = tether;
      tether = undefined;
      held?.close();
    },
    idle() {
      if (updateWaits) browser.runtime.reload();
    },
  });
  const inProcess = options.startHost?.(calls);
  const host = inProcess ?? createCaller(runtimeBus, "host", hostTable);
  answerCalls(runtimeBus, "background", backgroundTable, calls, (_, error) =>
    options.failed(error),
  );

  if (inProcess)
    answerCalls(runtimeBus, "host", hostTable, inProcess, (_, error) => options.failed(error));

  /** When the host's document dies, it is opened again and brings its session back. */
  function holdTether(): void {
    if (HOST_IN_BACKGROUND || tether) return;
    const mine = connectPort(TETHER_PORT);
    tether = mine;
    mine.onClose(() => {
      if (tether !== mine) return;
      tether = undefined;
      setTimeout(() => quietly(revive()), LOOK_AGAIN_MS);
    });
  }

  /** A document that has just died may still be listed: whether the tether holds is what counts. */
  async function revive(): Promise<void> {
    if (!(await watchedPage.get())) return;
    await openHost();
    holdTether();
  }

  async function tellMoved(tab: number): Promise<void> {
    const watched = await watchedPage.get();
    if (watched?.tab !== tab) return;
    await openHost();
    await host["tab.moved"]({ tab, place: await placeOf(tab, watched.hosts) });
  }

  browser.runtime.onStartup.addListener(() => quietly(wakeUp()));
  browser.runtime.onInstalled.addListener(() => quietly(wakeUp()));
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === WATCH) quietly(revive());
  });
  browser.tabs.onUpdated.addListener((tab) => quietly(tellMoved(tab)));
  browser.tabs.onRemoved.addListener((tab) => quietly(tellMoved(tab)));
  browser.commands.onCommand.addListener((command) => {
    if (command === "stop") quietly(openHost().then(() => host["session.stop"](null)));
  });
  browser.action.onClicked.addListener((tab) => {
    // First and in the click's own task: the browser wants the gesture.
    quietly(openPanel(tab.windowId));
    if (tab.id === undefined) return;
    const clicked = { window: tab.windowId, tab: tab.id, ...(tab.url ? { url: tab.url } : {}) };
    quietly(openHost().then(() => host["icon.clicked"](clicked)));
  });
  browser.runtime.onUpdateAvailable.addListener(() => {
    updateWaits = true;
    quietly(reloadWhenFree());
  });

  async function reloadWhenFree(): Promise<void> {
    const needed = (await isHostOpen()) && (await host["host.needed"](null));
    if (!needed) browser.runtime.reload();
  }
}

/** What a crash, or a browser that was closed, left behind. */
async function wakeUp(): Promise<void> {
  const keyValue = openKeyValue();
  const session = await createSessionStore(keyValue).load();
  const unsent = await createOutboxStore(keyValue).list();
  if (session || unsent.length > 0) await openHost();
  if (!session) await removeEveryHost();
}
