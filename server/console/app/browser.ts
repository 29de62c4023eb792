import { PROOF_LINK } from "../../../shared/http-api.ts";
import { type Chime, createChime } from "../calls/alert/chime.ts";
import { createRingAlert, type RingAlert, type RingWords } from "../calls/alert/ring-alert.ts";
import { DEAD_LINK, NEW_BY_MAIL } from "../sign-in/auth-client.ts";
import { browserClock } from "../store/browser-clock.ts";
import { askToKeep, type StorageSafety } from "../store/storage-safety.ts";
import type { Arrival } from "./console-app.ts";
import type { Surroundings } from "./desk.ts";

const TAB_SESSION = "epaule.session";

/** The one place of the console that reaches for the browser's globals. */
export interface BrowserParts {
  around: Surroundings;
  arrival: Arrival;
  chime: Chime;
  ringAlert: RingAlert;
  askToKeep(): Promise<StorageSafety>;
}

export function createBrowserParts(): BrowserParts {
  const chime = createChime(() => new AudioContext());
  return {
    around: {
      serverUrl: location.origin,
      openSocket: (url) => new WebSocket(url),
      clock: browserClock,
      wallClock: () => Date.now(),
      random: () => Math.random(),
      isHidden: () => document.hidden,
      tab: {
        get: () => sessionStorage.getItem(TAB_SESSION),
        set: (session) => sessionStorage.setItem(TAB_SESSION, session),
        clear: () => sessionStorage.removeItem(TAB_SESSION),
      },
      onWake,
    },
    arrival: readArrival(),
    chime,
    ringAlert: createRingAlert(
      {
        getTitle: () => document.title,
        setTitle: (title) => {
          document.title = title;
        },
        isHidden: () => document.hidden,
        notify,
        setInterval(run, ms) {
          const timer = setInterval(run, ms);
          return () => clearInterval(timer);
        },
      },
      chime,
    ),
    askToKeep: () => askToKeep(navigator, heapLimit()),
  };
}

function onWake(wake: () => void): () => void {
  const onVisible = () => {
    if (!document.hidden) wake();
  };
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", onVisible);
  };
}

/** Reads what a mailed link said, and takes it out of the address. */
function readArrival(): Arrival {
  const { searchParams, search, hash } = new URL(location.href);
  const says = (path: string) => searchParams.has(path.replace(/^.*\?|#.*$/g, ""));
  if (search !== "") history.replaceState(null, "", "/");
  return {
    newByMail: says(NEW_BY_MAIL),
    deadLink: says(DEAD_LINK) || searchParams.has("error"),
    mailToken: says(PROOF_LINK) ? hash.slice(1) : undefined,
  };
}

function notify(words: RingWords): (() => void) | undefined {
  if (!("Notification" in globalThis) || Notification.permission !== "granted") return undefined;
  try {
    const shown = new Notification(words.notification, {
      body: words.notificationText,
      tag: words.session,
      requireInteraction: true,
      icon: document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href ?? "",
    });
    shown.addEventListener("click", () => {
      window.focus();
      shown.close();
    });
    return () => shown.close();
  } catch {
    // ❌ Chrome on Android shows notifications from service workers only.
    return undefined;
  }
}

/** Chrome alone says it. */
function heapLimit(): number | undefined {
  if (!("memory" in performance)) return undefined;
  const { memory } = performance;
  if (typeof memory !== "object" || memory === null || !("jsHeapSizeLimit" in memory))
    return undefined;
  return typeof memory.jsHeapSizeLimit === "number" ? memory.jsHeapSizeLimit : undefined;
}
