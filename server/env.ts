import { z } from "zod";

import { StartupError } from "./startup-error.ts";

const origin = z
  .url({ protocol: /^https?$/ })
  .refine((url) => new URL(url).pathname === "/" && new URL(url).search === "", {
    message: "must be an origin, without path",
  })
  .transform((url) => new URL(url).origin);

/** An empty variable counts as absent: that is how a compose file writes "not set". */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const envSchema = z.object({
  NODE_ENV: z.preprocess(
    (value) => (value === "production" ? value : "development"),
    z.enum(["production", "development"]),
  ),
  HOST: optional(z.string()).default("127.0.0.1"),
  PORT: optional(z.coerce.number().int().min(0).max(65_535)).default(8787),
  PUBLIC_URL: optional(origin),
  PLAYER_URL: optional(origin),
  DATA_DIR: optional(z.string()).default(".data"),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  REDIS_URL: optional(z.url({ protocol: /^rediss?$/ })),
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
  AUTH_SECRET: optional(z.string().min(32)),
  EPAULE_READY_JSON: optional(z.string()),
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
  smtpUrl: string | undefined;
  authSecret: string | undefined;
  /** Print one JSON line once the server listens. */
  readyJson: boolean;
}

/** Throws `StartupError`. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const parsed = envSchema.safeParse(variables);
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new StartupError(`The environment is not right. ${names.join("; ")}.`);
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
    smtpUrl: data.SMTP_URL,
    authSecret: data.AUTH_SECRET,
    readyJson: data.EPAULE_READY_JSON === "1",
  };
}

export interface Urls {
  /** Origin of the console, the HTTP API and the WebSocket. */
  publicUrl: string;
  /** Origin of the player's document, which holds no key and no cookie. */
  playerUrl: string;
}

/** Throws `StartupError` when the two are one origin in production: a fault in the player would then reach keys. */
export function resolveUrls(env: Env, port: number): Urls {
  const publicUrl = env.publicUrl ?? `http://localhost:${port}`;
  const playerUrl = env.playerUrl ?? `http://player.localhost:${port}`;
  if (env.production && publicUrl === playerUrl)
    throw new StartupError("PLAYER_URL must be another origin than PUBLIC_URL.");
  return { publicUrl, playerUrl };
}
