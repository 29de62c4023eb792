import { randomBytes } from "node:crypto";

import type { Bus } from "./bus.ts";
import { createRedisBus } from "./redis-bus.ts";

const REDIS_URL = process.env.TEST_REDIS_URL ?? "redis://127.0.0.1:6379";

/** Why Redis cannot be tested here; the suites are then skipped, and fail when CI=true. */
export async function whyNoRedis(): Promise<string | undefined> {
  try {
    const bus = await createRedisBus(REDIS_URL);
    await bus.close();
    return undefined;
  } catch (cause) {
    const reason = "Redis does not answer";
    if (process.env.CI === "true") throw new Error(reason, { cause });
    return reason;
  }
}

/** Two nodes on one Redis, which no other test hears. */
export async function openRedisNodes(): Promise<[Bus, Bus]> {
  const prefix = `epaule-test-${randomBytes(6).toString("hex")}:`;
  return [await createRedisBus(REDIS_URL, prefix), await createRedisBus(REDIS_URL, prefix)];
}
