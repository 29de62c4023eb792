import { z } from "zod";

import { type Judged, notRight, PRODUCTION_URLS, SAME_ORIGIN } from "./env-words.ts";
import { LOCAL_PROXIES, parseTrustedProxies, type TrustedProxies } from "./http/trusted-proxies.ts";
import { isLoopbackUrl } from "./loopback.ts";
import { parseSmtpUrl, type SmtpSettings } from "./mail/smtp-url.ts";
import { type GivenOperator, operatorVariables, readOperator } from "./receipts/operator.ts";
import { StartupError } from "./startup-error.ts";
import { parseVoiceSettings, type VoiceSettings } from "./voice/settings.ts";

const origin = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((url) => new URL(url).pathname === "/" && new URL(url).search === "")
  .transform((url) => new URL(url).origin);

const smtp = z.string().transform((text, issues): SmtpSettings => {
  const settings = parseSmtpUrl(text);
  if (settings) return settings;
  issues.addIssue("no SMTP address");
  return z.NEVER;
});

const proxies = z.string().transform((text, issues): TrustedProxies => {
  const list = parseTrustedProxies(text);
  if (list) return list;
  issues.addIssue("no list of addresses");
  return z.NEVER;
});

/** An empty variable counts as absent: that is how a compose file writes "not set". */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

/** Each has its words where it is refused. */
const judged = {
  // A word that is nearly "production" must not turn its locks off. Test runners write "test".
  NODE_ENV: optional(z.enum(["production", "development", "test"])).default("development"),
  PORT: optional(z.coerce.number().int().min(0).max(65_535)).default(8787),
  PUBLIC_URL: optional(origin),
  PLAYER_URL: optional(origin),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })),
  SMTP_URL: optional(smtp),
  TRUSTED_PROXIES: optional(proxies).default(LOCAL_PROXIES),
  CONTACT: optional(z.email()),
  AUTH_SECRET: optional(z.string().min(32)),
  LOG_LEVEL: optional(z.enum(["debug", "info", "warn", "error"])).default("info"),
} satisfies Record<Judged, z.ZodType>;

const envSchema = z.object({
  ...judged,
  HOST: optional(z.string()).default("127.0.0.1"),
  DATA_DIR: optional(z.string()).default(".data"),
  LIVEKIT_URL: optional(z.string()),
  LIVEKIT_API_URL: optional(z.string()),
  LIVEKIT_API_KEY: optional(z.string()),
  LIVEKIT_API_SECRET: optional(z.string()),
  EPAULE_READY_JSON: optional(z.string()),
  ...operatorVariables,
});

export interface Env {
  production: boolean;
  host: string;
  /** 0: any free port. */
  port: number;
  publicUrl: string | undefined;
  playerUrl: string | undefined;
  dataDir: string;
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  smtp: SmtpSettings | undefined;
  /** Whose X-Forwarded-For is believed. */
  proxies: TrustedProxies;
  /** The mail address that beneficiaries are told to write to. */
  contact: string | undefined;
  voice: VoiceSettings | undefined;
  authSecret: string | undefined;
  /** Who answers for the server, for receipts. */
  operator: GivenOperator;
  /** What is less than that is not logged. */
  logLevel: "debug" | "info" | "warn" | "error";
  /** Print one JSON line once the server listens: for a program, which may still build the console. */
  readyJson: boolean;
}

/** Throws `StartupError`. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const parsed = envSchema.safeParse(variables);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
    throw new StartupError(notRight(names));
  }
  const { data } = parsed;
  return {
    production: data.NODE_ENV === "production",
    host: data.HOST,
    port: data.PORT,
    publicUrl: data.PUBLIC_URL,
    playerUrl: data.PLAYER_URL,
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    smtp: data.SMTP_URL,
    proxies: data.TRUSTED_PROXIES,
    contact: data.CONTACT,
    voice: parseVoiceSettings(data, data.NODE_ENV === "production"),
    authSecret: data.AUTH_SECRET,
    operator: readOperator(data),
    logLevel: data.LOG_LEVEL,
    readyJson: data.EPAULE_READY_JSON === "1",
  };
}

export interface Urls {
  /** Origin of the console, the HTTP API and the WebSocket. */
  publicUrl: string;
  /** Origin of the player's document, which holds no key and no cookie. */
  playerUrl: string;
}

/**
 * Throws `StartupError` in production: when the two are one origin (a fault in the player would then
 * reach keys), when one is missing (no helper elsewhere could see a mirror), or is not under TLS
 * (neither cookies nor passkeys work there) unless both are on this very machine.
 */
export function resolveUrls(env: Env, port: number): Urls {
  const publicUrl = env.publicUrl ?? `http://localhost:${port}`;
  const playerUrl = env.playerUrl ?? `http://player.localhost:${port}`;
  if (!env.production) return { publicUrl, playerUrl };
  if (env.publicUrl === undefined || env.playerUrl === undefined)
    throw new StartupError(PRODUCTION_URLS);
  if (publicUrl === playerUrl) throw new StartupError(SAME_ORIGIN);
  const urls = [publicUrl, playerUrl];
  if (!urls.every((url) => url.startsWith("https:")) && !urls.every(isLoopbackUrl))
    throw new StartupError(PRODUCTION_URLS);
  return { publicUrl, playerUrl };
}
