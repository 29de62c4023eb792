import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { ensureFaketime } from "../setup/browsers.ts";

const run = promisify(execFile);

/** For a process that is to run by a clock that is so much later, as a computer that was off meanwhile. */
export async function laterClock(seconds: number): Promise<Record<string, string>> {
  const faketime = await ensureFaketime();
  const { stdout } = await run(faketime, ["-m", "-f", `+${seconds}s`, "printenv", "LD_PRELOAD"]);
  return { LD_PRELOAD: stdout.trim(), FAKETIME: `+${seconds}s` };
}
