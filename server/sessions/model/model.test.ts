import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { OpenDatabase } from "../../db/client.ts";
import { testDatabases } from "../../db/testing.ts";
import { findFaults } from "./stored.ts";
import { createWalk, ENDS, type Step, WRONGS } from "./walk.ts";

const WALKS = 10;
const STEPS = { minLength: 20, maxLength: 50 };

const end = fc.constantFrom(...ENDS);
const seconds = fc.constantFrom(30, 300, 7200);
const one = <const T>(value: T) => fc.constant(value);

/** What leads somewhere comes more often than what is refused. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: one("live"), seconds }) },
  { weight: 6, arbitrary: fc.record({ do: one("request"), seconds }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: one("request"), seconds, wrong: fc.constantFrom(...WRONGS) }),
  },
  { weight: 8, arbitrary: fc.record({ do: one("answer") }) },
  { weight: 1, arbitrary: fc.record({ do: one("decline") }) },
  { weight: 12, arbitrary: fc.record({ do: one("join"), end }) },
  { weight: 14, arbitrary: fc.record({ do: one("frame"), end }) },
  { weight: 2, arbitrary: fc.record({ do: one("end"), end }) },
  { weight: 2, arbitrary: fc.record({ do: one("reconnect"), end }) },
  { weight: 1, arbitrary: fc.record({ do: one("stranger") }) },
  { weight: 1, arbitrary: fc.record({ do: one("restart") }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: one("jump"), ms: fc.constantFrom(1_000, 61_000, 240_000, 660_000) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: one("edge"),
      side: fc.constantFrom(-1 as const, 0 as const),
      of: fc.constantFrom("grant" as const, "ring" as const),
    }),
  },
);

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`random walks on ${kind.name} ${kind.missing ?? ""}`, () => {
    let opened: OpenDatabase;
    beforeAll(async () => {
      opened = await kind.open();
    }, 60_000);
    afterAll(async () => {
      await opened.close();
    });

    async function walk(steps: readonly Step[]): Promise<{ sent: number; allowed: number }> {
      const { db } = opened;
      const walking = await createWalk(db);
      try {
        for (const [at, taken] of steps.entries()) {
          await walking.take(taken);
          expect(walking.faults, `after step ${at}, ${JSON.stringify(taken)}`).toEqual([]);
        }
        const { pair, acknowledged } = walking;
        expect(await findFaults(db, pair.beneficiary, acknowledged)).toEqual([]);
        return walking.frames();
      } finally {
        await walking.close();
      }
    }

    test(
      "[R3] [G2] [J2] no frame passes outside a grant in force, and nothing acknowledged is lost",
      { timeout: 240_000 },
      async () => {
        const all = { sent: 0, allowed: 0 };
        await fc.assert(
          fc.asyncProperty(fc.array(step, STEPS), async (steps) => {
            const { sent, allowed } = await walk(steps);
            all.sent += sent;
            all.allowed += allowed;
          }),
          { numRuns: WALKS, seed: 20_261_129, endOnFailure: true },
        );
        // The walks lead somewhere: frames passed, and others were held back.
        expect(all.allowed).toBeGreaterThan(0);
        expect(all.sent - all.allowed).toBeGreaterThan(0);
      },
    );
  });
}
