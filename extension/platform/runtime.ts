import type { Answer, Bus } from "../messaging/calls.ts";
import type { Port, PortSender } from "../messaging/ports.ts";
import { type Browser, browser } from "./browser.ts";

const OWN_ORIGIN = browser.runtime.getURL("/").replace(/\/$/, "");

type Sender = Browser.runtime.MessageSender;

/** The browser fills these fields in; a content script can't choose them. */
function describe(sender: Sender | undefined): PortSender {
  const origin = sender?.origin ?? (sender?.url ? new URL(sender.url).origin : undefined);
  const fromUs =
    sender?.id === browser.runtime.id &&
    (sender.url?.startsWith(`${OWN_ORIGIN}/`) === true || sender.origin === OWN_ORIGIN);
  return {
    fromUs,
    ...(sender?.tab?.id === undefined ? {} : { tab: sender.tab.id }),
    ...(sender?.frameId === undefined ? {} : { frame: sender.frameId }),
    ...(origin === undefined ? {} : { origin }),
    ...(sender?.documentLifecycle === undefined ? {} : { lifecycle: sender.documentLifecycle }),
  };
}

function wrap(port: Browser.runtime.Port): Port {
  let open = true;
  port.onDisconnect.addListener(() => {
    open = false;
    // Read, or the browser reports a host that was not there yet as an error of ours.
    void browser.runtime.lastError;
  });
  return {
    name: port.name,
    sender: describe(port.sender),
    post(message) {
      if (!open) return;
      try {
        port.postMessage(message);
      } catch {
        // The page went away between two tasks; onDisconnect follows.
        open = false;
      }
    },
    close() {
      open = false;
      port.disconnect();
    },
    onMessage: (listener) => port.onMessage.addListener((message) => listener(message)),
    onClose: (listener) => port.onDisconnect.addListener(listener),
  };
}

export function connectPort(name: string): Port {
  return wrap(browser.runtime.connect({ name }));
}

/** Ports of other names are left alone: every context of ours hears of every Port. */
export function listenPorts(names: readonly string[], opened: (port: Port) => void): void {
  browser.runtime.onConnect.addListener((port) => {
    if (names.includes(port.name)) opened(wrap(port));
  });
}

export const runtimeBus: Bus = {
  send: (message) => browser.runtime.sendMessage(message),
  listen(listener) {
    browser.runtime.onMessage.addListener(
      (message: unknown, sender: Sender, reply: (answer: Answer) => void) => {
        const answer = listener(message, describe(sender));
        if (!answer) return undefined;
        void answer.then(reply);
        // Works in every browser; a returned Promise doesn't before Chrome 148.
        return true;
      },
    );
  },
};
