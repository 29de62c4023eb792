import { expect, test } from "vitest";

import { withMediaPort, withoutCompression } from "./livekit-line.ts";

const SAID = '{"candidate":"candidate:1 1 udp 2130706431 127.0.0.1 41234 typ host ufrag abc"}';
const CHANGED = SAID.replace(" 41234 ", " 45678 ");

/** All but those within the first digits: nothing of a message is kept back for so little. */
const PORT_AT = SAID.indexOf(" 41234");
const CUTS = Array.from(SAID, (_, cut) => cut).filter((cut) => cut <= PORT_AT || cut > PORT_AT + 3);

test.each(CUTS)("the announced media port is changed when a part is cut at %i", (cut) => {
  const change = withMediaPort(41_234, 45_678)();
  const parts = [SAID.slice(0, cut), SAID.slice(cut)].map((part) => change(Buffer.from(part)));
  expect(Buffer.concat(parts).toString()).toBe(CHANGED);
});

test("any other text, and a number as such, pass as they are", () => {
  const change = withMediaPort(41_234, 45_678)();
  const text = "a=rtpmap:111 opus/48000 port 41234 typ relay";
  expect(change(Buffer.from(text)).toString()).toBe(text);
  expect(() => withMediaPort(8_000, 45_678)).toThrow("not as long");
});

test("the offer of compression is made unreadable in the handshake, and nowhere else", () => {
  const change = withoutCompression();
  const asked = "GET /rtc HTTP/1.1\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
  const said = change(Buffer.from(asked)).toString();
  expect(said).not.toContain("Sec-WebSocket-Extensions");
  expect(said).toHaveLength(asked.length);
  expect(change(Buffer.from(asked)).toString()).toBe(asked);
});
