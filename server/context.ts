import { HEARTBEAT_MS, PROOF_MS } from "../shared/protocol/limits.ts";
import type { Bus } from "./bus/bus.ts";
import type { Word } from "./bus/word.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./db/client.ts";
import type { Urls } from "./env.ts";
import type { TrustedProxies } from "./http/trusted-proxies.ts";
import type { Log } from "./log.ts";
import type { Mailer } from "./mail/mailer.ts";
import type { GivenOperator } from "./receipts/operator.ts";
import type { LiveKit } from "./voice/livekit.ts";

/** What every verb of the server works with. */
export interface Context {
  db: Database;
  bus: Bus;
  clock: Clock;
  log: Log;
  mailer: Mailer;
  /** Undefined where no voice server is configured. */
  livekit: LiveKit | undefined;
  urls: Urls;
  proxies: TrustedProxies;
  /** [J7] CONTACT: whom a beneficiary may write to about their journal. */
  contact: string | undefined;
  /** AUTH_SECRET: signs the sign-in cookies and derives what must not be readable in the database. */
  secret: string;
  timings: Timings;
  /** Whoever answers for this server: their name is on every receipt. */
  operator?: GivenOperator;
}

export interface Timings {
  proofMs: number;
  heartbeatMs: number;
  /** How often what is past its deadline is closed. */
  sweepMs: number;
}

export const TIMINGS: Timings = { proofMs: PROOF_MS, heartbeatMs: HEARTBEAT_MS, sweepMs: 1_000 };

/** What a verb leaves: its answer, then the words to say once the answer has gone. All is stored by then. */
export interface Outcome<T> {
  reply: T;
  tell: readonly Word[];
}

/** The answer of a request that has nothing to say. */
export type Nothing = Record<string, never>;
