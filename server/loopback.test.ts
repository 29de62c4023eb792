import { expect, test } from "vitest";

import { isLoopbackHost, isLoopbackUrl } from "./loopback.ts";

test.each([
  "localhost",
  "LOCALHOST:8787",
  "player.localhost",
  "player.localhost:8787",
  "127.0.0.1",
  "127.1.2.3:80",
  "[::1]",
  "[::1]:443",
  "::1",
])("%s is this very machine", (host) => {
  expect(isLoopbackHost(host)).toBe(true);
});

test.each([
  "",
  "notlocalhost",
  "localhost.example",
  "127.example",
  "127.0.0.1.example.org",
  "::1:80",
  "[::2]",
  "2001:db8::1",
  "10.0.0.7",
])("%s may be another machine", (host) => {
  expect(isLoopbackHost(host)).toBe(false);
});

test("an address is this machine's by its host alone", () => {
  expect(isLoopbackUrl("ws://[::1]:7880")).toBe(true);
  expect(isLoopbackUrl("https://example.org/localhost")).toBe(false);
});
