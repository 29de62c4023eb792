import type { DeviceId, PairingId } from "../../shared/ids.ts";
import type { SessionKeeper } from "../session/session-keeper.ts";
import type { CircleStore } from "../store/circle-store.ts";
import type { Outbox } from "./outbox.ts";

/** What a person does to their circle: here at once, offline too; the server hears of it as soon as it can. */
export function createCircleCommands(options: {
  circle: CircleStore;
  outbox: Outbox;
  keeper: SessionKeeper;
}) {
  const { circle, outbox, keeper } = options;

  function isCalled(pairing: PairingId): boolean {
    const { scene } = keeper;
    return "plan" in scene && scene.plan.pairing === pairing;
  }

  return {
    /** [P6] */
    async end(pairing: PairingId, block: boolean): Promise<void> {
      const person = await circle.find(pairing);
      if (!person) return;
      const lived = keeper.lives && isCalled(pairing);
      if (lived) keeper.end("pairing-ended");
      else if (!keeper.lives) keeper.dispatch({ type: "closed" });
      // Before it is gone from the list: nothing between the two may leave it unblocked.
      if (block) await circle.block(person);
      await circle.remove(pairing);
      if (lived) keeper.dispatch({ type: "closed", notice: "person-removed" });
      if (!person.ended || block) await outbox.add({ type: "pairing.end", pairing, block });
    },

    /** [P8] */
    async pause(pairing: PairingId, paused: boolean): Promise<void> {
      const person = await circle.find(pairing);
      if (!person || person.ended || (person.paused ?? false) === paused) return;
      if (paused && isCalled(pairing)) {
        keeper.end(keeper.scene.at === "ringing" ? "cancelled" : "stopped");
        keeper.dispatch({ type: "closed" });
      }
      await circle.change(pairing, { paused });
      await outbox.add({ type: "pairing.pause", pairing, paused });
    },

    /** [P10] */
    async trust(pairing: PairingId | null): Promise<void> {
      const person = pairing === null ? undefined : await circle.find(pairing);
      if (pairing !== null && (!person || person.ended)) return;
      await circle.trust(pairing);
      await outbox.add({ type: "trust.name", pairing });
    },

    /** [P9] */
    async unblock(device: DeviceId): Promise<void> {
      if (!(await circle.isBlocked(device))) return;
      await circle.unblock(device);
      await outbox.add({ type: "pairing.unblock", helper: device });
    },
  };
}
