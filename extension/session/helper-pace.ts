import type { HelperMessage } from "../../shared/protocol/peer.ts";

type Said = Exclude<HelperMessage["type"], `link.${string}`>;

/**
 * At once, then per second: above what a console of ours says, also when a stalled line gives all
 * that it held at once. `mirror.request` has its own bound, and an end is always heard.
 */
const MOST: Partial<Record<Said, { burst: number; perSecond: number }>> = {
  "guide.pointer": { burst: 300, perSecond: 60 },
  "guide.stroke": { burst: 300, perSecond: 40 },
  "guide.highlight": { burst: 30, perSecond: 4 },
  "guide.clear": { burst: 30, perSecond: 4 },
  "text.message": { burst: 60, perSecond: 2 },
  "text.received": { burst: 300, perSecond: 10 },
  "voice.status": { burst: 30, perSecond: 2 },
};

/** [V5] Whether a message of the helper's is within what one person says; above, it is not heard. */
export function createHelperPace(now: () => number) {
  const left = new Map<Said, { tokens: number; at: number }>();

  return {
    takes(type: Said): boolean {
      const most = MOST[type];
      if (!most) return true;
      const at = now();
      const before = left.get(type) ?? { tokens: most.burst, at };
      const filled = before.tokens + (Math.max(0, at - before.at) / 1000) * most.perSecond;
      const tokens = Math.min(most.burst, filled);
      const taken = tokens >= 1;
      left.set(type, { tokens: taken ? tokens - 1 : tokens, at });
      return taken;
    },
  };
}
