import type { ServerSocket } from "../../shared/client/server-socket.ts";
import { type DeviceKey, deviceIdOf } from "../../shared/crypto/device-key.ts";
import { linkMac } from "../../shared/crypto/invite-link.ts";
import { AppError } from "../../shared/errors.ts";
import type { DeviceId, PairingId } from "../../shared/ids.ts";
import type { HelperCard, ServerMessage } from "../../shared/protocol/control.ts";
import type { PairingProblem, PairingView } from "../messaging/panel-port.ts";
import type { Person } from "../store/circle-store.ts";
import { BlockedHelper, createSpokenPairing, type SpokenPairing } from "./by-code.ts";
import { type InvitationText, readInvitation } from "./read-invitation.ts";

type Link = Extract<InvitationText, { type: "link" }>;

type Stage =
  | { step: "none" }
  | { step: "enter"; busy: boolean; problem?: PairingProblem }
  | {
      step: "who";
      card: HelperCard;
      busy: boolean;
      problem?: PairingProblem;
      way: { by: "link"; link: Link; helperKey: string } | { by: "code"; spoken: SpokenPairing };
    }
  | { step: "words"; card: HelperCard; name: string; spoken: SpokenPairing; confirmed: boolean }
  | { step: "made"; name: string };

export type Pairing = ReturnType<typeof createPairing>;

/** From an invitation to a person in the circle; one at a time. */
export function createPairing(options: {
  serverUrl: string;
  use: () => Promise<ServerSocket>;
  key: () => Promise<DeviceKey>;
  add: (person: Person) => Promise<void>;
  /** [P6] The extension's own word; the server's is asked for as well. */
  isBlocked: (device: DeviceId) => Promise<boolean>;
  wall: () => number;
  changed: () => void;
}) {
  let stage: Stage = { step: "none" };
  /** Grows with each new start: an answer that comes after it is for nobody. */
  let run = 0;

  function show(next: Stage): void {
    stage = next;
    options.changed();
  }

  function fail(problem: PairingProblem): void {
    if (stage.step === "words" || (stage.step === "who" && stage.way.by === "code"))
      void spoken()?.cancel();
    show({ step: "enter", busy: false, problem });
  }

  function spoken(): SpokenPairing | undefined {
    if (stage.step === "words") return stage.spoken;
    return stage.step === "who" && stage.way.by === "code" ? stage.way.spoken : undefined;
  }

  async function attempt(work: () => Promise<Stage | undefined>): Promise<void> {
    const mine = run;
    try {
      const next = await work();
      if (mine === run && next) show(next);
    } catch (error) {
      if (mine === run) fail(problemOf(error));
    }
  }

  async function openLink(link: Link): Promise<Stage> {
    if (await options.isBlocked(link.fingerprint)) throw new BlockedHelper();
    const socket = await options.use();
    const { helper, key } = await socket.request("invitation.open", {
      invitation: link.invitation,
    });
    // [P3] The server could show another key: the link says which one is right.
    if ((await deviceIdOf(key)) !== link.fingerprint)
      throw new AppError("KEY_CHANGED", "invitation: another key than the link's");
    return { step: "who", card: helper, busy: false, way: { by: "link", link, helperKey: key } };
  }

  async function openCode(code: string): Promise<Stage> {
    const made = createSpokenPairing({
      socket: await options.use(),
      key: await options.key(),
      isBlocked: options.isBlocked,
      changed: options.changed,
    });
    const card = await made.begin(code);
    return { step: "who", card, busy: false, way: { by: "code", spoken: made } };
  }

  async function redeem(link: Link, helperKey: string, card: HelperCard, name: string) {
    const socket = await options.use();
    const { publicKey } = await options.key();
    const { invitation } = link;
    const keys = { invitation, beneficiaryKey: publicKey, helperKey };
    const mac = await linkMac(link.secret, keys);
    const { pairing } = await socket.request("pairing.redeem", { invitation, mac });
    return keep(pairing, helperKey, card, name);
  }

  async function keep(pairing: PairingId, key: string, card: HelperCard, name: string) {
    const device = await deviceIdOf(key);
    const pairedAt = options.wall();
    await options.add({ pairing, device, key, card, name, pairedAt, known: false });
    return { step: "made", name } satisfies Stage;
  }

  return {
    view(): PairingView {
      if (stage.step === "who") {
        const { step, card, busy, problem } = stage;
        return { step, card, busy, ...(problem ? { problem } : {}) };
      }
      if (stage.step === "words") {
        const { step, card, name, confirmed } = stage;
        const words = stage.spoken.words();
        return { step, card, name, confirmed, ...(words ? { words } : {}) };
      }
      return stage;
    },

    async read(text: string): Promise<void> {
      if (stage.step !== "none" && stage.step !== "enter" && stage.step !== "made") return;
      run += 1;
      const invitation = readInvitation(text, options.serverUrl);
      if (invitation.type !== "link" && invitation.type !== "code")
        return show({ step: "enter", busy: false, problem: invitation.type });
      show({ step: "enter", busy: true });
      await attempt(() =>
        invitation.type === "link" ? openLink(invitation) : openCode(invitation.code),
      );
    },

    /** « Comment l'appelez-vous ? » By link this is the acceptance; by code the words follow. */
    async name(name: string): Promise<void> {
      if (stage.step !== "who" || stage.busy) return;
      const { card, way } = stage;
      if (way.by === "code")
        return show({ step: "words", card, name, spoken: way.spoken, confirmed: false });
      show({ ...stage, busy: true });
      await attempt(() => redeem(way.link, way.helperKey, card, name));
    },

    async same(): Promise<void> {
      if (stage.step !== "words" || stage.confirmed || !stage.spoken.words()) return;
      const confirmed = { ...stage, confirmed: true };
      show(confirmed);
      await attempt(async () => {
        await confirmed.spoken.confirm();
        return undefined;
      });
    },

    different(): void {
      if (stage.step === "words") fail("different");
    },

    cancel(): void {
      run += 1;
      void spoken()?.cancel();
      show({ step: "none" });
    },

    async hear(message: ServerMessage): Promise<void> {
      const current = spoken();
      if (!current || !("attempt" in message) || message.attempt !== current.attempt()) return;
      if (message.type === "pairing.failed") {
        run += 1;
        return fail("broken-off");
      }
      await attempt(async () => {
        const made = await current.hear(message);
        if (!made || stage.step !== "words") return undefined;
        return keep(made.pairing, made.key, stage.card, stage.name);
      });
    },

    /** [P4] Either socket lost: the code is burnt. */
    lineLost(): void {
      if (!spoken()) return;
      run += 1;
      fail("broken-off");
    },

    get active(): boolean {
      return stage.step !== "none" && stage.step !== "made";
    },
  };
}

function problemOf(error: unknown): PairingProblem {
  if (error instanceof BlockedHelper) return "blocked";
  return error instanceof AppError ? error.code : "INTERNAL";
}
