import { isIP } from "node:net";

import type { TrustedProxies } from "./trusted-proxies.ts";

/**
 * Where a request comes from, for limits only. Anybody can write `X-Forwarded-For`: it is read from
 * its end, as far as each hop that names the one before it is a proxy of ours. Whoever has an IPv6
 * address has 2^64 of them, so that such a network counts as one caller.
 */
export function callerAddress(
  direct: string | undefined,
  forwardedFor: string | undefined,
  proxies: TrustedProxies,
): string {
  let caller = parseAddress(direct ?? "");
  if (caller === undefined) return "unknown";
  for (const hop of (forwardedFor ?? "").split(",").toReversed()) {
    if (!proxies.has(caller)) break;
    const address = parseAddress(hop);
    if (address === undefined) break;
    caller = address;
  }
  return isIP(caller) === 6 ? networkOf(caller) : caller;
}

/** Of an IPv6 caller: the /48 that a provider gives to one customer. */
export function siteOf(address: string): string | undefined {
  return address.includes(":") ? address.split(":").slice(0, 3).join(":") : undefined;
}

/** With or without a port, in brackets or not; an IPv4 address in IPv6 clothes is one. */
function parseAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/%.*$/, "");
  const version = isIP(bare);
  if (version !== 6) return version === 4 ? bare : undefined;
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(canonical);
  if (!mapped) return canonical;
  const [high, low] = [Number.parseInt(mapped[1] ?? "", 16), Number.parseInt(mapped[2] ?? "", 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function networkOf(canonical: string): string {
  const [before = "", after] = canonical.split("::");
  const groups = before === "" ? [] : before.split(":");
  const last = after === undefined || after === "" ? [] : after.split(":");
  const zeros = Array.from({ length: 8 - groups.length - last.length }, () => "0");
  return `${[...groups, ...zeros, ...last].slice(0, 4).join(":")}::`;
}
