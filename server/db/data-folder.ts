import { randomBytes } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";

import { StartupError } from "../startup-error.ts";

const MIB = 1024 * 1024;
/** A new database takes 39, and then it grows. */
const NEW_MIB = 100;
/** One that is there writes its log before anything else: a segment is 16. */
const OLD_MIB = 32;

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
      throw new StartupError({
        fr:
          `Le dossier de données ${dataDir} est déjà ouvert par un autre processus (${holder.pid}). ` +
          `Arrêtez d’abord ce serveur (kill ${holder.pid}), ou choisissez un autre dossier avec DATA_DIR.`,
        en:
          `The data folder ${dataDir} is already open in another process (${holder.pid}). ` +
          `Stop that server first (kill ${holder.pid}), or choose another folder with DATA_DIR.`,
      });
    rmSync(path, { force: true });
  }
  throw new StartupError({
    fr: `Le dossier de données ${dataDir} est en cours d’ouverture par un autre processus.`,
    en: `The data folder ${dataDir} is being opened by another process.`,
  });
}

/**
 * A database that is made where there is no room for it takes half a minute to fail, and is broken
 * afterwards. Throws `StartupError`.
 */
export function assertRoom(dataDir: string, isNew: boolean): void {
  const { blocks, bavail, bsize } = statfsSync(dataDir);
  // Some file systems don't tell.
  if (blocks === 0) return;
  const [free, needed] = [Math.floor((bavail * bsize) / MIB), isNew ? NEW_MIB : OLD_MIB];
  if (free < needed)
    throw new StartupError({
      fr:
        `Il n’y a pas assez de place dans le dossier de données ${dataDir}\u00a0: ${free} Mo sont libres, et la ` +
        `base de données en demande ${needed}. Faites de la place, ou choisissez un autre dossier avec DATA_DIR.`,
      en:
        `There is not enough room in the data folder ${dataDir}: ${free} MB are free, and the ` +
        `database needs ${needed}. Make room, or choose another folder with DATA_DIR.`,
    });
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
  throw new StartupError({
    fr: `Le fichier ${path} ne contient pas un secret de 32 caractères ou plus.`,
    en: `The file ${path} does not hold a secret of 32 characters or more.`,
  });
}

function makeFolder(dataDir: string): void {
  try {
    makeDeep(resolve(dataDir));
  } catch (cause) {
    throw unwritable(dataDir, cause);
  }
}

/** Node's own `recursive` never returns below a folder such as /proc, where nothing can be made. */
function makeDeep(folder: string): void {
  const isThere = () => statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeDeep(parent);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    if (!isThere()) throw cause;
  }
}

function unwritable(dataDir: string, cause: unknown): StartupError {
  const file = fileOnTheWay(resolve(dataDir));
  if (file !== undefined)
    return new StartupError(
      {
        fr: `Le dossier de données ${dataDir} ne peut pas être créé\u00a0: ${file} est un fichier, pas un dossier. Choisissez un autre dossier avec DATA_DIR.`,
        en: `The data folder ${dataDir} cannot be made: ${file} is a file, not a folder. Choose another folder with DATA_DIR.`,
      },
      { cause },
    );
  return new StartupError(
    {
      fr:
        `Le dossier de données ${dataDir} ne peut pas être écrit. Donnez à ce compte le droit d’y écrire, ` +
        `ou choisissez un autre dossier avec DATA_DIR.`,
      en:
        `The data folder ${dataDir} cannot be written. Give this account the right to write there, ` +
        `or choose another folder with DATA_DIR.`,
    },
    { cause },
  );
}

/** The folder itself or one above it, where that is a file. */
function fileOnTheWay(folder: string): string | undefined {
  try {
    return statSync(folder).isDirectory() ? undefined : folder;
  } catch {
    const parent = dirname(folder);
    return parent === folder ? undefined : fileOnTheWay(parent);
  }
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
