import type { PanelCommand, PanelLevel, PanelView } from "../messaging/panel-port.ts";
import type { Port } from "../messaging/ports.ts";
import type { TalkCommand } from "../messaging/talk-view.ts";

/** A Port on which nothing came for that long is tried again: the host was not there yet. */
const ANSWER_MS = 2_000;
const AGAIN_MS = 250;
/** After so long without an answer, the person is told. */
const SILENT_MS = 8_000;

type Standing = Extract<PanelCommand, { type: "panel.language" | "panel.here" }>;
type Command = PanelCommand | TalkCommand;
type LineState = { view?: PanelView; silent: boolean };

export type PanelLine = {
  state: () => LineState;
  listen: (changed: () => void) => () => void;
  /** What the person did: said once, as soon as the host is there. */
  send: (command: Command) => void;
  /** What is so: said again to each new host. */
  tell: (fact: Standing) => void;
  /** The microphone's input level, while the host is told that somebody looks. */
  listenLevel: (listener: (level: number) => void) => () => void;
};

/** Only contexts of this extension can answer on this Port, and only the session host does. */
function read(message: unknown): PanelView | PanelLevel {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return (typeof message === "string" ? JSON.parse(message) : message) as PanelView | PanelLevel;
}

/** The panel's side of the Port: it comes back by itself, and loses no gesture meanwhile. */
export function createPanelLine(connect: () => Port): PanelLine {
  const listeners = new Set<() => void>();
  const facts = new Map<Standing["type"], Standing>();
  const levels = new Set<(level: number) => void>();
  let waiting: Command[] = [];
  let state: LineState = { silent: false };
  let port: Port | undefined;
  let answered = false;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function set(next: LineState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function hear(message: unknown): void {
    const said = read(message);
    if ("level" in said) {
      for (const listener of levels) listener(said.level);
      return;
    }
    answered = true;
    clearTimeout(silence);
    silence = undefined;
    set({ view: said, silent: false });
    const held = waiting;
    waiting = [];
    for (const command of held) port?.post(command);
  }

  function open(): void {
    const mine = connect();
    port = mine;
    answered = false;
    silence ??= setTimeout(() => set({ ...state, silent: true }), SILENT_MS);
    let over = false;
    const again = (): void => {
      if (over) return;
      over = true;
      clearTimeout(patience);
      answered = false;
      setTimeout(open, AGAIN_MS);
    };
    const patience = setTimeout(() => {
      mine.close();
      again();
    }, ANSWER_MS);
    mine.onMessage((message) => {
      if (over) return;
      clearTimeout(patience);
      hear(message);
    });
    mine.onClose(again);
    for (const fact of facts.values()) mine.post(fact);
  }

  open();

  return {
    state: () => state,
    listen(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    send(command) {
      if (answered) port?.post(command);
      else waiting.push(command);
    },
    listenLevel(listener) {
      levels.add(listener);
      return () => levels.delete(listener);
    },
    tell(fact) {
      facts.set(fact.type, fact);
      port?.post(fact);
    },
  };
}
