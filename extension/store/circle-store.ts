import { z } from "zod";

import {
  type DeviceId,
  deviceIdSchema,
  type PairingId,
  pairingIdSchema,
} from "../../shared/ids.ts";
import {
  helperCardSchema,
  personNameSchema,
  publicKeySchema,
} from "../../shared/protocol/control.ts";
import type { KeyValue } from "./key-value.ts";

const KEY = "circle";
const BLOCKED_KEY = "blocked";

const personSchema = z.strictObject({
  pairing: pairingIdSchema,
  /** The key pinned at pairing. Nothing else may ever answer as this person. */
  device: deviceIdSchema,
  key: publicKeySchema,
  /** Whom they said they are. Shown at pairing and under « Qui est-ce ? » only. */
  card: helperCardSchema,
  /** The beneficiary's own word for them: the only name on consent, banner and highlights. */
  name: personNameSchema,
  /** Wall clock, for the eyes only. */
  pairedAt: z.number(),
  /** [P5] A first session has been live. */
  known: z.boolean(),
  /** [P5] « On m'a appelé »: no session before, by the wall clock. */
  refusedUntil: z.number().optional(),
  /** The other side ended it: nothing is left but to take it off the list. */
  ended: z.boolean().optional(),
  /** [P8] Not to be called until the beneficiary resumes. */
  paused: z.boolean().optional(),
  /** [P10] Is told of a first session with somebody new; one person at most. */
  trusted: z.boolean().optional(),
});
export type Person = z.infer<typeof personSchema>;

const circleSchema = z.array(personSchema);
/** Before there was a list to show, the device alone was kept. */
const blockedSchema = z.array(
  z.union([
    deviceIdSchema.transform((device) => ({ device })),
    z.strictObject({ device: deviceIdSchema, name: personNameSchema.optional() }),
  ]),
);
export type Blocked = { device: DeviceId; name?: string | undefined };

function parse(stored: unknown): Person[] {
  return circleSchema.parse(stored ?? []);
}

function parseBlocked(stored: unknown): Blocked[] {
  return blockedSchema.parse(stored ?? []);
}

export type CircleStore = ReturnType<typeof createCircleStore>;

/** The beneficiary's pairings. */
export function createCircleStore(keyValue: KeyValue) {
  return {
    list: async (): Promise<Person[]> => parse(await keyValue.get(KEY)),

    async find(pairing: PairingId): Promise<Person | undefined> {
      return (await this.list()).find((person) => person.pairing === pairing);
    },

    /** A newer pairing with the same device takes the place of the older one. */
    async add(person: Person): Promise<void> {
      await keyValue.update(KEY, (old) => [
        ...parse(old).filter((other) => other.device !== person.device),
        personSchema.parse(person),
      ]);
    },

    async change(
      pairing: PairingId,
      change: Partial<
        Pick<Person, "name" | "known" | "refusedUntil" | "ended" | "paused" | "card">
      >,
    ): Promise<void> {
      await keyValue.update(KEY, (old) =>
        parse(old).map((person) =>
          person.pairing === pairing ? personSchema.parse({ ...person, ...change }) : person,
        ),
      );
    },

    async remove(pairing: PairingId): Promise<void> {
      await keyValue.update(KEY, (old) =>
        parse(old).filter((person) => person.pairing !== pairing),
      );
    },

    /** [P10] That person and nobody else; `null`: nobody. */
    async trust(pairing: PairingId | null): Promise<void> {
      await keyValue.update(KEY, (old) =>
        parse(old).map((person) =>
          personSchema.parse({ ...person, trusted: person.pairing === pairing }),
        ),
      );
    },

    /** [P6] Until it is lifted, no invitation of this device pairs again here. */
    async block({ device, name }: Pick<Person, "device" | "name">): Promise<void> {
      await keyValue.update(BLOCKED_KEY, (old) => [
        ...parseBlocked(old).filter((other) => other.device !== device),
        { device, name },
      ]);
    },

    /** [P9] */
    async unblock(device: DeviceId): Promise<void> {
      await keyValue.update(BLOCKED_KEY, (old) =>
        parseBlocked(old).filter((other) => other.device !== device),
      );
    },

    listBlocked: async (): Promise<Blocked[]> => parseBlocked(await keyValue.get(BLOCKED_KEY)),

    async isBlocked(device: DeviceId): Promise<boolean> {
      return (await this.listBlocked()).some((other) => other.device === device);
    },
  };
}
