import type { Socket } from "node:net";

import type { Way } from "./line.ts";

/** What Ethernet leaves of a packet, and the headers of IP and TCP with their timestamps. */
const SEGMENT = 1_448;
const HEADERS = 52;
const FIRST_WINDOW = 10 * SEGMENT;
const LEAST_WINDOW = 2 * SEGMENT;
const LARGEST_WINDOW = 1024 * 1024;
/** Read from the source before it is told to wait. */
const READ_AHEAD = 64 * 1024;
const LEAST_RESEND_MS = 50;

/**
 * One direction of a TCP connection over a way. A user-space proxy can't lose a segment of a kernel's
 * TCP, so the sender is ours, and is TCP Reno without selective acknowledgement: it has a window of
 * unacknowledged bytes that opens with each acknowledgement (which takes the other way's delay and
 * none of its bandwidth) and is halved when a segment is lost or finds no room. The flow then stands
 * still for one retransmission time (there, back, and what waits in the queue) and sends that segment
 * again, through the same bucket; it may be lost again. Nothing overtakes it.
 *
 * No more is read than the window and 64 kB; a sink that does not take what arrives acknowledges
 * nothing. The end of the source is passed on once all has arrived; an error ends both.
 */
export function pump(options: {
  source: Socket;
  sink: Socket;
  way: Way;
  back: Way;
  change: (part: Buffer) => Buffer;
}): void {
  const { source, sink, way, back } = options;
  let waiting = Buffer.alloc(0);
  let unacknowledged = 0;
  let window = FIRST_WINDOW;
  let threshold = LARGEST_WINDOW;
  let ended = false;
  let stands = false;

  function acknowledge(bytes: number): void {
    unacknowledged -= bytes;
    const grown = window < threshold ? bytes : (bytes * SEGMENT) / window;
    window = Math.min(LARGEST_WINDOW, window + grown);
    send();
  }

  function resendLater(): void {
    threshold = Math.max(LEAST_WINDOW, window / 2);
    window = threshold;
    stands = true;
    const ms = Math.max(LEAST_RESEND_MS, way.delayMs + back.delayMs + way.waitMs());
    setTimeout(() => {
      stands = false;
      send();
    }, ms);
  }

  function send(): void {
    if (sink.destroyed) return;
    while (!stands && waiting.length > 0) {
      const segment = waiting.subarray(0, SEGMENT);
      if (unacknowledged > 0 && unacknowledged + segment.length > window) break;
      const sent = way.send(segment.length + HEADERS, () => {
        sink.write(segment, () => void setTimeout(acknowledge, back.delayMs, segment.length));
      });
      if (sent !== "sent") resendLater();
      else {
        unacknowledged += segment.length;
        waiting = waiting.subarray(segment.length);
      }
    }
    if (waiting.length < READ_AHEAD && source.isPaused()) source.resume();
    if (ended && waiting.length === 0 && unacknowledged === 0) sink.end();
  }

  source.on("data", (part: Buffer) => {
    waiting = Buffer.concat([waiting, options.change(part)]);
    if (waiting.length >= READ_AHEAD) source.pause();
    send();
  });
  source.once("end", () => {
    ended = true;
    send();
  });
  source.once("error", () => sink.resetAndDestroy());
  sink.once("error", () => source.resetAndDestroy());
}
