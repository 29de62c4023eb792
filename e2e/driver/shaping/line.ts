import { seededRandom } from "./seeded-random.ts";

export interface WayOptions {
  bitsPerSecond: number;
  /** From the end of the queue to the other side, always the same. */
  delayMs: number;
  /** Share of the packets that get lost on the way, after they took their time in the queue. */
  loss: number;
  seed: number;
  /** What waits is at most so many bytes; a packet that finds no room is dropped. */
  queueBytes: number;
}

interface WayCounts {
  arrived: number;
  bytes: number;
  lost: number;
  noRoom: number;
}

/** One direction of a line: a bucket that all its flows share, in the order in which they come. */
export interface Way {
  readonly delayMs: number;
  readonly counts: WayCounts;
  /** What a packet would wait now before it is sent. */
  waitMs(): number;
  /**
   * A packet of so many bytes, headers included. `arrive` is called when it is on the other side, in
   * order; for one that is lost or finds no room, never.
   */
  send(bytes: number, arrive: () => void): "sent" | "lost" | "no room";
  /** From now on. */
  setLoss(loss: number): void;
  close(): void;
}

function createWay(options: WayOptions): Way {
  const bytesPerMs = options.bitsPerSecond / 8_000;
  const random = seededRandom(options.seed);
  const counts: WayCounts = { arrived: 0, bytes: 0, lost: 0, noRoom: 0 };
  const underway: { at: number; bytes: number; arrive: () => void }[] = [];
  let { loss } = options;
  let freeAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const waitMs = () => Math.max(0, freeAt - performance.now());

  function deliver(): void {
    timer = undefined;
    const now = performance.now();
    for (let first = underway[0]; first && first.at <= now; first = underway[0]) {
      underway.shift();
      counts.arrived += 1;
      counts.bytes += first.bytes;
      first.arrive();
    }
    arm();
  }

  function arm(): void {
    const first = underway[0];
    if (first && timer === undefined)
      timer = setTimeout(deliver, Math.max(0, first.at - performance.now()));
  }

  return {
    delayMs: options.delayMs,
    counts,
    waitMs,
    send(bytes, arrive) {
      // Drawn for each packet, so that the same packets of a flow are lost however fast it goes.
      const isLost = random() < loss;
      if (waitMs() * bytesPerMs + bytes > options.queueBytes) {
        counts.noRoom += 1;
        return "no room";
      }
      freeAt = Math.max(freeAt, performance.now()) + bytes / bytesPerMs;
      if (isLost) {
        counts.lost += 1;
        return "lost";
      }
      underway.push({ at: freeAt + options.delayMs, bytes, arrive });
      arm();
      return "sent";
    },
    setLoss(next) {
      loss = next;
    },
    close() {
      clearTimeout(timer);
      underway.length = 0;
    },
  };
}

export interface Line {
  /** From whoever connects to the proxy. */
  up: Way;
  down: Way;
  close(): void;
}

export function createLine(options: { up: WayOptions; down: WayOptions }): Line {
  const [up, down] = [createWay(options.up), createWay(options.down)];
  return {
    up,
    down,
    close: () => {
      up.close();
      down.close();
    },
  };
}

/**
 * Issue 3's poor line, at the beneficiary's: 1 Mbit/s up, 200 ms there and back, 2 % lost each way,
 * and a modem that keeps half a second of it.
 */
export function poorLine(seed = 1): { up: WayOptions; down: WayOptions } {
  const way = { delayMs: 100, loss: 0.02, queueBytes: 62_500 };
  return {
    up: { ...way, seed, bitsPerSecond: 1_000_000 },
    down: { ...way, seed: seed + 1, bitsPerSecond: 8_000_000 },
  };
}
