import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { buildConsole, buildExtension, EXTENSION_FOLDER } from "./build.ts";
import { PATH, ROOT } from "./run-command.ts";
import { words } from "./words.ts";

/** `npm start`: all set-up, then the server with embedded data, until it is stopped. */
async function start(): Promise<number> {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 22) {
    console.error(words.nodeTooOld(process.version));
    return 1;
  }
  const port = process.env["PORT"] ?? "8787";
  const publicUrl = process.env["PUBLIC_URL"] ?? `http://localhost:${port}`;
  try {
    await buildExtension({ serverUrl: process.env["EPAULE_SERVER"] ?? publicUrl });
    await buildConsole();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
  return await serve(publicUrl);
}

async function serve(publicUrl: string): Promise<number> {
  const server = spawn(process.execPath, ["server/main.ts"], {
    cwd: ROOT,
    env: { ...process.env, PATH, EPAULE_READY_JSON: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => server.kill("SIGTERM"));
  }
  createInterface({ input: server.stdout }).on("line", (line) => {
    console.log(
      line.startsWith('{"ready":true,') ? words.ready(publicUrl, EXTENSION_FOLDER) : line,
    );
  });
  return await new Promise((resolve) => {
    server.once("exit", (code) => resolve(code ?? 0));
  });
}

process.exitCode = await start();
