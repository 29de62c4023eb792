import { connectPort, runtimeBus } from "../platform/runtime.ts";
import { findHere, ownWindow, watchHere } from "../platform/tabs.ts";
import { createCaller } from "./calls.ts";
import { backgroundTable } from "./links.ts";
import { PANEL_PORT, type PanelCommand, type PanelView } from "./panel-port.ts";
import type { Port } from "./ports.ts";

const AGAIN_MS = 300;

export type Here = { window: number; tab?: number; url?: string };
export type PanelClient = {
  /** Dropped while the host is being opened: nothing on the screen can be pressed then. */
  say(command: PanelCommand): void;
  close(): void;
};

/**
 * The panel's end of its Port. Wakes the host, connects, and connects again when the host was
 * killed; tells the host by itself which page is in front. `show`: every view, and `undefined` while
 * there is no host. `here`: the page in front, without `url` where the browser does not tell it.
 */
export function connectPanel(options: {
  show: (view: PanelView | undefined) => void;
  here: (here: Here) => void;
}): PanelClient {
  const background = createCaller(runtimeBus, "background", backgroundTable);
  let port: Port | undefined;
  let here: Here | undefined;
  let stopWatching: (() => void) | undefined;
  let closed = false;

  function again(): void {
    port = undefined;
    if (closed) return;
    options.show(undefined);
    setTimeout(() => void connect(), AGAIN_MS);
  }

  async function connect(): Promise<void> {
    try {
      await background["host.open"](null);
    } catch {
      return again();
    }
    if (closed) return;
    const mine = connectPort(PANEL_PORT);
    port = mine;
    mine.onMessage((message) => {
      // Our own session host is the only one that this Port can reach.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      options.show(message as PanelView);
    });
    mine.onClose(again);
    tellHere();
  }

  function tellHere(): void {
    if (here) port?.post({ type: "panel.here", ...here } satisfies PanelCommand);
  }

  async function watch(): Promise<void> {
    const window = await ownWindow();
    here = await findHere(window);
    stopWatching = watchHere(window, (next) => {
      here = next;
      options.here(next);
      tellHere();
    });
    if (closed) stopWatching();
  }

  void watch();
  void connect();
  return {
    say: (command) => port?.post(command),
    close() {
      closed = true;
      stopWatching?.();
      port?.close();
    },
  };
}
