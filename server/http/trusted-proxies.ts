import { BlockList, isIP } from "node:net";

/** Whose word on where a request comes from is believed. */
export interface TrustedProxies {
  has(address: string): boolean;
}

/** A proxy on this very machine. */
export const LOCAL_PROXIES = listOf("127.0.0.0/8", "::1");

/**
 * Addresses and networks, with commas or spaces between them; `undefined` where one is neither. A
 * network of everybody is refused: anyone could then write where they come from.
 */
export function parseTrustedProxies(text: string): TrustedProxies | undefined {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== "");
  return entries.length > 0 && entries.every(isEntry) ? listOf(...entries) : undefined;
}

function listOf(...entries: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return { has: (address) => isIP(address) !== 0 && list.check(address, familyOf(address)) };
}

function isEntry(entry: string): boolean {
  const [address = "", prefix, ...more] = entry.split("/");
  if (isIP(address) === 0 || address.includes("%") || more.length > 0) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (isIP(address) === 4 ? 32 : 128);
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}
