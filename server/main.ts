import { fileURLToPath } from "node:url";

import { createMemoryBus } from "./bus/memory-bus.ts";
import { createRedisBus } from "./bus/redis-bus.ts";
import { systemClock } from "./clock.ts";
import { TIMINGS } from "./context.ts";
import { openDatabase } from "./db/client.ts";
import { readOrMakeSecret } from "./db/data-folder.ts";
import { parseEnv, resolveUrls, type Env } from "./env.ts";
import { createLog, errorFields } from "./log.ts";
import { createSmtpMailer, createTerminalMailer, noMailer, type Mailer } from "./mail/mailer.ts";
import { listen, type Listening } from "./serve.ts";
import { StartupError } from "./startup-error.ts";

const CONSOLE_FOLDER = fileURLToPath(new URL("../.output/console", import.meta.url));

/** [C6] */
const STOP_MS = 9_500;

const log = createLog();

async function start(): Promise<void> {
  const env = parseEnv(process.env);
  // Before anything is opened: with port 0 the two cannot be equal by default.
  resolveUrls(env, env.port);
  const secret = env.authSecret ?? readOrMakeSecret(env.dataDir);
  const { host, port } = env;
  const listening = await listen({ host, port, consoleFolder: CONSOLE_FOLDER }, async (free) => {
    const urls = resolveUrls(env, free);
    const mailer = chooseMailer(env, urls.publicUrl);
    const opened = await openDatabase(env);
    closing.push(() => opened.close());
    const bus = env.redisUrl === undefined ? createMemoryBus() : await createRedisBus(env.redisUrl);
    closing.push(() => bus.close());
    return { db: opened.db, bus, clock: systemClock, log, mailer, urls, secret, timings: TIMINGS };
  });

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info({}, "the server drains");
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await listening.drain();
    await closeAll();
    process.exit(0);
  }
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
  announce(env, listening);
}

/** What was opened, in the order in which it was. */
const closing: (() => Promise<void>)[] = [];

async function closeAll(): Promise<void> {
  for (const close of closing.toReversed()) await close();
}

function chooseMailer(env: Env, publicUrl: string): Mailer {
  if (env.smtpUrl !== undefined) return createSmtpMailer(env.smtpUrl, publicUrl);
  return env.production ? noMailer : createTerminalMailer((line) => process.stdout.write(line));
}

function announce(env: Env, { context }: Listening): void {
  const { publicUrl } = context.urls;
  const line = env.readyJson
    ? JSON.stringify({ ready: true, publicUrl, playerUrl: context.urls.playerUrl })
    : `\n  Epaule est prête : ouvrez ${publicUrl}\n  Epaule is ready: open ${publicUrl}\n`;
  process.stdout.write(`${line}\n`);
}

start().catch(async (error: unknown) => {
  await closeAll();
  if (error instanceof StartupError) process.stderr.write(`${error.message}\n`);
  else log.error(errorFields(error), "the server could not start");
  process.exit(1);
});
