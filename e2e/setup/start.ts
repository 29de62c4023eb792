import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

import { z } from "zod";

import { buildConsole, buildExtension, EXTENSION_FOLDER } from "./build.ts";
import { PATH, ROOT } from "./run-command.ts";
import { prepareVoice, type Voice } from "./voice.ts";
import { words } from "./words.ts";

const readyLine = z.object({ publicUrl: z.url() });

/** Longer than a server without guests takes to end. */
const STOP_MS = 1_500;

/**
 * `npm start`: all set-up, then the server with embedded data, until it is stopped. The server comes
 * first: one that can't start says so at once, and leaves the extension of another one as it is.
 * Nobody waits for the voice: it comes when it is ready.
 */
async function start(): Promise<number> {
  const voice = await prepareVoice();
  try {
    return await serve(voice);
  } finally {
    await voice?.stop();
  }
}

async function serve(voice: Voice | undefined): Promise<number> {
  const server = spawn(process.execPath, ["server/main.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      PATH,
      EPAULE_READY_JSON: "1",
      // A line per request would push the steps and the sign-in link out of sight.
      LOG_LEVEL: process.env["LOG_LEVEL"] || "warn",
      ...voice?.env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(server, "exit").then(([code]) => Number(code ?? 1));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => server.kill("SIGTERM"));
  }
  const code = await serveUntilGone(server, gone, voice);
  if (code === 0) console.log(words.stopped);
  return code;
}

async function serveUntilGone(
  server: ChildProcess,
  gone: Promise<number>,
  voice: Voice | undefined,
): Promise<number> {
  const publicUrl = await untilReady(server);
  if (publicUrl === undefined) return await gone;
  const failure = build(publicUrl).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const ended = await Promise.race([gone, failure]);
  if (typeof ended === "number") return ended;
  if (ended === undefined) {
    console.log(words.ready(publicUrl, EXTENSION_FOLDER));
    if (!process.env["SMTP_URL"] && process.env["NODE_ENV"] !== "production")
      console.log(words.noMail);
    // After the other builds: what the person waits for comes first.
    voice?.start(listensAt(publicUrl));
    return await gone;
  }
  // Ctrl+C ends the build too, a moment before the server.
  const isStopped = await Promise.race([gone, delay(STOP_MS, undefined, { ref: false })]);
  if (isStopped !== undefined) return isStopped;
  console.error(ended);
  server.kill("SIGTERM");
  await gone;
  return 1;
}

/** Where the server itself listens, whatever stands in front of it. */
function listensAt(publicUrl: string): string {
  const host = process.env["HOST"] || "127.0.0.1";
  const port = process.env["PORT"] || "8787";
  const reached = ["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host;
  return `http://${reached}:${port === "0" ? new URL(publicUrl).port : port}`;
}

async function build(publicUrl: string): Promise<void> {
  await buildConsole();
  await buildExtension({ serverUrl: process.env["EPAULE_SERVER"] ?? publicUrl });
}

/** The address of the console, once the server answers; nothing when it has ended before. */
async function untilReady(server: ChildProcess): Promise<string | undefined> {
  const { stdout } = server;
  if (!stdout) return undefined;
  return await new Promise((resolve) => {
    server.once("exit", () => resolve(undefined));
    createInterface({ input: stdout }).on("line", (line) => {
      if (line.startsWith('{"ready":true,')) resolve(readyLine.parse(JSON.parse(line)).publicUrl);
      else console.log(line);
    });
  });
}

// What is still being built ends with this process.
process.exit(await start());
