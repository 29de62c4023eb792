import { spawn } from "node:child_process";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

/** The executables of this package's dependencies come first, the Node 24 among them. */
export const PATH = [path.join(ROOT, "node_modules/.bin"), process.env["PATH"] ?? ""].join(
  path.delimiter,
);

export interface CommandOptions {
  env?: Record<string, string | undefined>;
  /**
   * Where what the child says goes: to our own two outputs, all to our standard error, or nowhere
   * unless it fails, and then all to our standard error.
   */
  output?: "stdout" | "stderr" | "on failure";
}

/** Runs to the end; resolves with the exit code (a signal counts as 1). It ends with us at the latest. */
export async function runCommand(
  command: string,
  parameters: readonly string[],
  options: CommandOptions = {},
): Promise<number> {
  const out = { stdout: 1, stderr: 2, "on failure": "pipe" as const }[options.output ?? "stdout"];
  return await new Promise((resolve) => {
    const child = spawn(command, parameters, {
      cwd: ROOT,
      env: { ...process.env, PATH, ...options.env },
      stdio: ["ignore", out, out === "pipe" ? "pipe" : 2],
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (part: Buffer) => said.push(part));
    }
    const killNow = () => child.kill("SIGTERM");
    const finish = (code: number) => {
      process.off("exit", killNow);
      if (code !== 0) process.stderr.write(Buffer.concat(said));
      resolve(code);
    };
    process.once("exit", killNow);
    child.once("error", () => finish(127));
    child.once("close", (code) => finish(code ?? 1));
  });
}
