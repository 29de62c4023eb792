import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { createMemoryBus } from "./bus/memory-bus.ts";
import { createRedisBus } from "./bus/redis-bus.ts";
import { systemClock } from "./clock.ts";
import { TIMINGS } from "./context.ts";
import { openDatabase } from "./db/client.ts";
import { readOrMakeSecret } from "./db/data-folder.ts";
import { parseEnv, resolveUrls, type Env } from "./env.ts";
import { createLog, errorFields, type Log } from "./log.ts";
import { createSmtpMailer, createTerminalMailer, noMailer, type Mailer } from "./mail/mailer.ts";
import { listen, type Listening } from "./serve.ts";
import { StartupError, terminalLanguage } from "./startup-error.ts";
import { createLiveKit } from "./voice/livekit.ts";

const CONSOLE_FOLDER = fileURLToPath(new URL("../.output/console", import.meta.url));

/** [C6] */
const STOP_MS = 9_500;

async function start(): Promise<void> {
  const env = parseEnv(process.env);
  const log = createLog(env.logLevel);
  // Before anything is opened: with port 0 the two cannot be equal by default.
  resolveUrls(env, env.port);
  assertConsole(env);
  const secret = env.authSecret ?? readOrMakeSecret(env.dataDir);
  const { host, port } = env;
  const listening = await listen({ host, port, consoleFolder: CONSOLE_FOLDER }, async (free) => {
    const urls = resolveUrls(env, free);
    const mailer = chooseMailer(env, urls.publicUrl);
    const opened = await openDatabase(env);
    closing.push(() => opened.close());
    const bus = env.redisUrl === undefined ? createMemoryBus() : await createRedisBus(env.redisUrl);
    closing.push(() => bus.close());
    return {
      db: opened.db,
      bus,
      clock: systemClock,
      log,
      mailer,
      livekit: env.voice && createLiveKit(env.voice),
      urls,
      proxies: env.proxies,
      contact: env.contact,
      secret,
      timings: TIMINGS,
      operator: env.operator,
    };
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
  announce(env, listening, log);
}

/** Throws `StartupError`: ready, and nothing to open, is not ready. A program may build it after the start. */
function assertConsole(env: Env): void {
  if (env.readyJson && !env.production) return;
  if (["index.html", "player.html"].every((name) => existsSync(join(CONSOLE_FOLDER, name)))) return;
  throw new StartupError({
    fr: "La console n’est pas construite. Lancez d’abord npm run build.",
    en: "The console is not built. Run npm run build first.",
  });
}

/** What was opened, in the order in which it was. */
const closing: (() => Promise<void>)[] = [];

async function closeAll(): Promise<void> {
  for (const close of closing.toReversed()) await close();
}

function chooseMailer(env: Env, publicUrl: string): Mailer {
  if (env.smtp) return createSmtpMailer(env.smtp, publicUrl);
  return env.production ? noMailer : createTerminalMailer((line) => process.stdout.write(line));
}

function announce(env: Env, { context }: Listening, log: Log): void {
  const { publicUrl, playerUrl } = context.urls;
  if (env.readyJson) {
    process.stdout.write(`${JSON.stringify({ ready: true, publicUrl, playerUrl })}\n`);
  } else if (env.production) {
    log.info({ publicUrl, playerUrl }, "the server is ready");
  } else {
    const lines = [
      `Epaule est prête\u00a0: ouvrez ${publicUrl}`,
      `Epaule is ready: open ${publicUrl}`,
      ...(env.smtp ? [] : NO_MAIL),
    ];
    process.stdout.write(`\n${lines.map((line) => `  ${line}\n`).join("")}\n`);
  }
}

const NO_MAIL = [
  "Sans serveur de courriel\u00a0: les liens de connexion apparaissent ici, dans ce terminal.",
  "No mail server: sign-in links appear here, in this terminal.",
];

start().catch(async (error: unknown) => {
  await closeAll();
  if (error instanceof StartupError)
    process.stderr.write(`${error.words[terminalLanguage(process.env)]}\n`);
  else createLog().error(errorFields(error), "the server could not start");
  process.exit(1);
});
