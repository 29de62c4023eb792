import { describe, expect, test } from "vitest";

import { parseEnv } from "../env.ts";
import { callerAddress } from "./caller-address.ts";
import { LOCAL_PROXIES, parseTrustedProxies, type TrustedProxies } from "./trusted-proxies.ts";

function trust(text: string): TrustedProxies {
  const proxies = parseTrustedProxies(text);
  if (!proxies) throw new Error("not a list");
  return proxies;
}

const local = LOCAL_PROXIES;
const cluster = trust("10.1.0.0/16, 192.0.2.7 2001:db8:cafe::/48");
const direct = (address: string) => callerAddress(address, undefined, local);
const behind = (hop: string) => callerAddress("2001:db8:cafe:1::5", hop, cluster);

describe("where a request comes from", () => {
  test("is the socket's other end, where nobody in between is known", () => {
    expect(callerAddress("203.0.113.9", undefined, local)).toBe("203.0.113.9");
    expect(callerAddress(undefined, "203.0.113.9", local)).toBe("unknown");
  });

  test("is not what a stranger writes into a header", () => {
    for (const forged of ["127.0.0.1", "10.1.2.3", "198.51.100.1, 127.0.0.1", "::1"]) {
      expect(callerAddress("203.0.113.9", forged, local)).toBe("203.0.113.9");
      expect(callerAddress("203.0.113.9", forged, cluster)).toBe("203.0.113.9");
    }
    // Once there is a list, this machine is no longer believed without being on it.
    expect(callerAddress("127.0.0.1", "203.0.113.9", cluster)).toBe("127.0.0.1");
  });

  test("is what a proxy of ours adds at the end, whatever a stranger wrote before", () => {
    expect(callerAddress("127.0.0.1", "203.0.113.9", local)).toBe("203.0.113.9");
    expect(callerAddress("::ffff:127.0.0.1", "203.0.113.9", local)).toBe("203.0.113.9");
    expect(callerAddress("::1", "198.51.100.66, 203.0.113.9", local)).toBe("203.0.113.9");
    expect(callerAddress("127.0.0.1", "127.0.0.1, 203.0.113.9", local)).toBe("203.0.113.9");
  });

  test("is found behind several proxies of ours", () => {
    expect(callerAddress("10.1.0.4", "198.51.100.66, 203.0.113.9, 192.0.2.7", cluster)).toBe(
      "203.0.113.9",
    );
    expect(callerAddress("10.1.0.4", "203.0.113.9, 10.2.0.1", cluster)).toBe("10.2.0.1");
    // All of them ours: the farthest.
    expect(callerAddress("10.1.0.4", "10.1.0.1, 10.1.0.2", cluster)).toBe("10.1.0.1");
  });

  test("is the last proxy of ours when what it says is no address", () => {
    for (const odd of ["", "unknown", "_hidden", "203.0.113.9, for=x", "1.2.3.4.5", "10.1.0.999"])
      expect(callerAddress("10.1.0.4", odd, cluster)).toBe("10.1.0.4");
  });

  test("an IPv6 network of 64 bits is one caller, and ports are left out", () => {
    expect(direct("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::");
    expect(direct("2001:DB8:1:2:ffff::1")).toBe("2001:db8:1:2::");
    expect(direct("2001:db8::1")).toBe("2001:db8:0:0::");
    expect(direct("fe80::1%eth0")).toBe("fe80:0:0:0::");
    expect(direct("::ffff:203.0.113.9")).toBe("203.0.113.9");
    expect(behind("[2001:db8:1:2::9]:4711")).toBe("2001:db8:1:2::");
    expect(behind("203.0.113.9:4711")).toBe("203.0.113.9");
    expect(behind("2001:db8:1:2::9, 2001:db8:cafe:2::1")).toBe("2001:db8:1:2::");
  });
});

describe("TRUSTED_PROXIES", () => {
  test.each([
    "everybody",
    ",",
    "10.0.0.0/0",
    "::/0",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "10.0.0.0/8/8",
    "10.0.0.0/",
    "10.0.0",
    "2001:db8::/129",
    "fe80::1%eth0",
    "proxy.internal",
    "10.0.0.1;10.0.0.2",
  ])("%s is not a list of addresses", (text) => {
    expect(parseTrustedProxies(text)).toBeUndefined();
    expect(() => parseEnv({ TRUSTED_PROXIES: text })).toThrow(/TRUSTED_PROXIES: must be addresses/);
  });

  test("empty is as good as none: this machine only", () => {
    const { proxies } = parseEnv({ TRUSTED_PROXIES: "" });
    expect([proxies.has("127.0.0.9"), proxies.has("::1"), proxies.has("10.0.0.1")]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
