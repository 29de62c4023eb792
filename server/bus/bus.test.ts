import { busContract } from "./bus.contract.ts";
import { createMemoryBus } from "./memory-bus.ts";
import { openRedisNodes, whyNoRedis } from "./testing.ts";

busContract("in memory", undefined, async () => {
  const bus = createMemoryBus();
  return [bus, bus];
});

busContract("Redis", await whyNoRedis(), openRedisNodes);
