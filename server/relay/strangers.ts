/** Sockets of one address that nobody knows yet, at once: a full room may pair, a flood may not. */
const MAX_STRANGERS = 64;

/** [C1] The sockets of this node whose device is not known, by the address that they come from. */
export interface Strangers {
  full(address: string): boolean;
  /** What it returns says that it is a stranger's no more: known, or gone. */
  add(address: string): () => void;
}

export function createStrangers(): Strangers {
  const counts = new Map<string, number>();
  const count = (address: string): number => counts.get(address) ?? 0;
  return {
    full: (address) => count(address) >= MAX_STRANGERS,
    add(address) {
      counts.set(address, count(address) + 1);
      let counted = true;
      return () => {
        if (!counted) return;
        counted = false;
        const left = count(address) - 1;
        if (left > 0) counts.set(address, left);
        else counts.delete(address);
      };
    },
  };
}
