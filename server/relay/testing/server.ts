import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Bus } from "../../bus/bus.ts";
import { createMemoryBus } from "../../bus/memory-bus.ts";
import type { Clock } from "../../clock.ts";
import { TIMINGS, type Context, type Timings } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { parseEnv } from "../../env.ts";
import { silentLog } from "../../log.ts";
import type { Mailer } from "../../mail/mailer.ts";
import { listen } from "../../serve.ts";
import { createLiveKit } from "../../voice/livekit.ts";
import type { VoiceSettings } from "../../voice/settings.ts";

/** A clock that runs, and that a test can move forward. */
export interface MovableClock extends Clock {
  advance(ms: number): void;
}

function createMovableClock(): MovableClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    advance(ms) {
      ahead += ms;
    },
  };
}

/** Keeps what would have been sent. */
export function createMailbox(): Mailer & { sent: { to: string; url?: string }[] } {
  const sent: { to: string; url?: string }[] = [];
  return {
    sent,
    signIn: true,
    async sendSignIn(to, url) {
      sent.push({ to, url });
    },
    async sendAddressLink(to, url) {
      sent.push({ to, url });
    },
    async sendAddressChanged(to) {
      sent.push({ to });
    },
    async sendAddressTaken(to) {
      sent.push({ to });
    },
    async sendMissedCall(to) {
      sent.push({ to });
    },
  };
}

export interface TestServer {
  url: string;
  context: Context;
  clock: MovableClock;
  mailbox: ReturnType<typeof createMailbox>;
  drain(): Promise<void>;
}

/** A real listening server on a free port. `node` may give two servers one database, bus, clock and address. */
export async function startTestServer(
  db: Database,
  node: {
    bus?: Bus;
    clock?: MovableClock;
    timings?: Partial<Timings>;
    publicUrl?: string;
    consoleFolder?: string;
    mailer?: Mailer;
    voice?: VoiceSettings;
    /** Any free one by default. */
    port?: number;
    /** As in TRUSTED_PROXIES. */
    proxies?: string;
    contact?: string;
  } = {},
): Promise<TestServer> {
  const clock = node.clock ?? createMovableClock();
  const mailbox = createMailbox();
  const bus = node.bus ?? createMemoryBus();
  const consoleFolder = node.consoleFolder ?? mkdtempSync(join(tmpdir(), "epaule-console-"));
  const address = { host: "127.0.0.1", port: node.port ?? 0 };
  const listening = await listen({ ...address, consoleFolder }, (port) => ({
    db,
    bus,
    clock,
    log: silentLog,
    mailer: node.mailer ?? mailbox,
    livekit: node.voice && createLiveKit(node.voice),
    urls: {
      publicUrl: node.publicUrl ?? `http://localhost:${port}`,
      playerUrl: `http://player.localhost:${port}`,
    },
    proxies: parseEnv(node.proxies === undefined ? {} : { TRUSTED_PROXIES: node.proxies }).proxies,
    contact: node.contact,
    secret: "a secret for tests, long enough",
    timings: { ...TIMINGS, ...node.timings },
  }));
  return {
    url: `http://127.0.0.1:${listening.port}`,
    context: listening.context,
    clock,
    mailbox,
    drain: listening.drain,
  };
}
