import type { Clock } from "../../shared/client/clock.ts";
import type { ServerSocket } from "../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../shared/crypto/device-key.ts";
import { AppError } from "../../shared/errors.ts";
import { CONSENT_TEXTS } from "../../shared/grants/consent-text.ts";
import type { PairingId } from "../../shared/ids.ts";
import { REFUSED_MS } from "../../shared/protocol/limits.ts";
import { type Host, hostOf } from "../../shared/sites.ts";
import type { BackgroundCalls } from "../messaging/links.ts";
import type { PanelCommand } from "../messaging/panel-port.ts";
import type { Pairing } from "../pairing/pairing.ts";
import { requestHelp } from "../session/request-help.ts";
import type { SessionKeeper } from "../session/session-keeper.ts";
import type { Plan } from "../session/session-state.ts";
import type { CircleStore } from "../store/circle-store.ts";
import type { ReceiptStore } from "../store/receipt-store.ts";
import { createCircleCommands } from "./circle-commands.ts";
import type { Outbox } from "./outbox.ts";
import type { Here } from "./view.ts";

type Accept = Extract<PanelCommand, { type: "help.accept" }>;

function hostHere(here: Here | undefined): Host | undefined {
  return here?.url === undefined ? undefined : hostOf(here.url);
}

/** What a person does in the panel, one verb each. A command that has no meaning now changes nothing. */
export function createCommands(options: {
  clock: Clock;
  wall: () => number;
  key: () => Promise<DeviceKey>;
  use: () => Promise<ServerSocket>;
  background: BackgroundCalls;
  circle: CircleStore;
  outbox: Outbox;
  pairing: Pairing;
  keeper: SessionKeeper;
  receipts: ReceiptStore;
  /** What is kept beside: a receipt that can't be stored stops nothing. */
  aside: (work: Promise<unknown>) => void;
  setLanguage: (language: "fr" | "en") => Promise<void>;
}) {
  const { keeper, pairing, circle, background } = options;
  const inCircle = createCircleCommands(options);

  async function ask(id: PairingId, here: Here | undefined): Promise<void> {
    const host = hostHere(here);
    if (!here || here.tab === undefined || !host) return;
    await open({ pairing: id, window: here.window, tab: here.tab, hosts: [host] });
  }

  /**
   * [S7] The permissions went with the session, so the browser may keep the tab's address to itself:
   * then tab and hosts are those of last time, and `accept` checks them once it may know.
   */
  async function again(here: Here | undefined): Promise<void> {
    const { scene } = keeper;
    if (scene.at !== "ended" && scene.at !== "unanswered") return;
    const { pairing: id, tab, hosts } = scene.plan;
    const host = hostHere(here);
    const same = here?.tab === tab && (here.url === undefined || (host && hosts.includes(host)));
    if (!here || !same) return ask(id, here);
    const plan = { pairing: id, window: here.window, tab };
    await open(
      host
        ? { ...plan, hosts: [host, ...hosts.filter((other) => other !== host)] }
        : { ...plan, hosts, unseen: true },
    );
  }

  async function open(plan: Plan): Promise<void> {
    const person = await circle.find(plan.pairing);
    if (!person || person.ended) return;
    if (person.paused) return keeper.dispatch({ type: "closed", notice: "paused-person" });
    if ((person.refusedUntil ?? 0) > options.wall())
      return keeper.dispatch({ type: "closed", notice: "refused-person" });
    const now = options.clock.now();
    keeper.dispatch({ type: "opened", plan, first: !person.known, now });
  }

  async function answer(said: "together" | "i-called" | "was-called"): Promise<void> {
    keeper.dispatch({ type: "answered", answer: said, now: options.clock.now() });
    const { scene } = keeper;
    if (scene.at === "warned")
      await circle.change(scene.pairing, { refusedUntil: options.wall() + REFUSED_MS });
  }

  /** Tab and hosts are those of the screen that was read, or it starts over. */
  async function accept(command: Accept, here: Here | undefined): Promise<void> {
    const { scene } = keeper;
    if (scene.at !== "consent" || scene.busy) return;
    const { plan } = scene;
    const shown = command.hosts.length === plan.hosts.length;
    const same = shown && command.hosts.every((host, at) => host === plan.hosts[at]);
    const published = CONSENT_TEXTS.some(({ hash }) => hash === command.text);
    const person = await circle.find(plan.pairing);
    if (!same || !published || !person || hasMoved(here)) return startOver(plan.hosts);
    keeper.dispatch({ type: "accepted" });
    const place = await background["page.find"]({ tab: plan.tab, hosts: [...plan.hosts] });
    if (place.at !== "inside") return startOver(plan.hosts);
    try {
      const [socket, key] = [await options.use(), await options.key()];
      const { hosts } = plan;
      // What was changed in the circle goes first: the server answers by it.
      await options.outbox.flush();
      const lost = await options.receipts.lostCode();
      const { text } = command;
      const granted = await requestHelp({ socket, key, person, hosts, text, lost });
      keeper.ring(granted, person);
      const { given, signed } = granted.receipt;
      options.aside(options.receipts.keep(given, signed, person.name));
    } catch (error) {
      keeper.dispatch({
        type: "failed",
        code: error instanceof AppError ? error.code : "INTERNAL",
      });
      await background["page.close"]({ hosts: [...plan.hosts] });
    }
  }

  async function startOver(hosts: Accept["hosts"] | readonly Accept["hosts"][number][]) {
    keeper.dispatch({ type: "failed", code: "CONFLICT" });
    keeper.dispatch({ type: "page-changed" });
    await background["page.close"]({ hosts: [...hosts] });
  }

  /** `here` is of the window where the screen was opened; another window changes nothing. */
  function hasMoved(here: Here | undefined): boolean {
    const { scene } = keeper;
    if (scene.at !== "consent" && scene.at !== "question") return false;
    const { tab, window, hosts, unseen } = scene.plan;
    if (!here || here.window !== window) return false;
    if (here.tab !== tab) return true;
    if (!unseen) return hostHere(here) !== hosts[0];
    return here.url !== undefined && !hosts.some((host) => host === hostHere(here));
  }

  async function leaveCall(): Promise<void> {
    const { scene } = keeper;
    if (scene.at !== "unanswered" || scene.call === "left") return;
    try {
      await (await options.use()).request("call.leave", { pairing: scene.plan.pairing });
      keeper.dispatch({ type: "call-left", call: "left" });
    } catch {
      keeper.dispatch({ type: "call-left", call: "failed" });
    }
  }

  function stop(): void {
    keeper.end(keeper.scene.at === "ringing" ? "cancelled" : "stopped");
  }

  return {
    stop,
    async run(command: PanelCommand, here: Here | undefined): Promise<void> {
      switch (command.type) {
        case "panel.language":
          return options.setLanguage(command.language);
        case "panel.here":
          if (hasMoved(here)) keeper.dispatch({ type: "page-changed" });
          return;
        case "panel.home":
          pairing.cancel();
          return keeper.dispatch({ type: "closed" });
        case "invitation.read":
          return pairing.read(command.text);
        case "pairing.name":
          return pairing.name(command.name);
        case "pairing.same":
          return pairing.same();
        case "pairing.different":
          return pairing.different();
        case "pairing.cancel":
          return pairing.cancel();
        case "circle.end":
          return inCircle.end(command.pairing, command.block);
        case "circle.pause":
          return inCircle.pause(command.pairing, command.paused);
        case "circle.trust":
          return inCircle.trust(command.pairing);
        case "circle.unblock":
          return inCircle.unblock(command.device);
        case "help.ask":
          return ask(command.pairing, here);
        case "help.again":
          return again(here);
        case "help.answer":
          return answer(command.answer);
        case "help.host":
          return keeper.dispatch({ type: "host-added", host: command.host });
        case "help.accept":
          return accept(command, here);
        case "help.permission-refused":
          return keeper.dispatch({ type: "permission-refused" });
        case "ring.cancel":
        case "session.stop":
          return stop();
        case "call.leave":
          return leaveCall();
        case "session.pause":
          return keeper.dispatch({ type: "held", reason: "asked" });
        case "session.resume": {
          const { scene } = keeper;
          const host = hostHere(here);
          const on = scene.at === "live" && host !== undefined && scene.plan.hosts.includes(host);
          return keeper.resume(on && here?.tab !== undefined ? { tab: here.tab } : undefined);
        }
      }
    },
  };
}
