import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { StartupError } from "../startup-error.ts";

/** Returns how to let it go. Throws `StartupError` when another living process holds the folder. */
export function lockDataFolder(dataDir: string): () => void {
  makeFolder(dataDir);
  const path = join(dataDir, "server.lock");
  const ours = JSON.stringify({ pid: process.pid, started: startOf(process.pid) });
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      writeFileSync(path, ours, { flag: "wx", mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (cause) {
      if (!isErrno(cause, "EEXIST")) throw unwritable(dataDir, cause);
    }
    const holder = readHolder(path);
    if (holder !== undefined && isAlive(holder))
      throw new StartupError(
        `The data folder ${dataDir} is already open in another process (number ${holder.pid}). ` +
          `Stop that server first, or choose another folder with DATA_DIR.`,
      );
    rmSync(path, { force: true });
  }
  throw new StartupError(`The data folder ${dataDir} is being opened by another process.`);
}

/** AUTH_SECRET: made once, kept in the data folder, readable by its owner only. Throws `StartupError`. */
export function readOrMakeSecret(dataDir: string): string {
  makeFolder(dataDir);
  const path = join(dataDir, "auth-secret");
  try {
    writeFileSync(path, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (cause) {
    if (!isErrno(cause, "EEXIST")) throw unwritable(dataDir, cause);
  }
  try {
    chmodSync(path, 0o600);
    const secret = readFileSync(path, "utf8").trim();
    if (secret.length >= 32) return secret;
  } catch (cause) {
    throw unwritable(dataDir, cause);
  }
  throw new StartupError(`The file ${path} does not hold a secret of 32 characters or more.`);
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unwritable(dataDir, cause);
  }
}

function unwritable(dataDir: string, cause: unknown): StartupError {
  return new StartupError(
    `The data folder ${dataDir} cannot be written. Give this account the right to write there, ` +
      `or choose another folder with DATA_DIR.`,
    { cause },
  );
}

interface Holder {
  pid: number;
  started: string;
}

function readHolder(path: string): Holder | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof parsed !== "object" || parsed === null) return undefined;
    if (!("pid" in parsed) || typeof parsed.pid !== "number") return undefined;
    if (!("started" in parsed) || typeof parsed.started !== "string") return undefined;
    return { pid: parsed.pid, started: parsed.started };
  } catch {
    return undefined;
  }
}

/** The number alone is not enough: after a crash another process may have got it. */
function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (cause) {
    if (!isErrno(cause, "EPERM")) return false;
  }
  return startOf(holder.pid) === holder.started;
}

/** When a process started, where the system tells (Linux); otherwise the same word for all. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "unknown";
  } catch {
    return "unknown";
  }
}

function isErrno(cause: unknown, code: string): boolean {
  return cause instanceof Error && "code" in cause && cause.code === code;
}
