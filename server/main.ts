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

const log = createLog();

async function start(): Promise<void> {
  const env = parseEnv(process.env);
  // Before anything is opened: with port 0 the addresses cannot be equal.
  resolveUrls(env, env.port);
  const secret = env.authSecret ?? readOrMakeSecret(env.dataDir);
  const opened = await openDatabase(env);
  const bus = env.redisUrl === undefined ? createMemoryBus() : await createRedisBus(env.redisUrl);
  const listening = await listen(
    { host: env.host, port: env.port, consoleFolder: CONSOLE_FOLDER },
    (port) => {
      const urls = resolveUrls(env, port);
      const mailer = chooseMailer(env, urls.publicUrl);
      return {
        db: opened.db,
        bus,
        clock: systemClock,
        log,
        mailer,
        urls,
        secret,
        timings: TIMINGS,
      };
    },
  );

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info({}, "the server drains");
    await listening.drain();
    await bus.close();
    await opened.close();
    process.exit(0);
  }
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
  announce(env, listening);
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

start().catch((error: unknown) => {
  if (error instanceof StartupError) process.stderr.write(`${error.message}\n`);
  else log.error(errorFields(error), "the server could not start");
  process.exit(1);
});
