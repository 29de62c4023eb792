import { spawn } from "node:child_process";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

/** The executables of this package's dependencies come first, the Node 24 among them. */
export const PATH = [path.join(ROOT, "node_modules/.bin"), process.env["PATH"] ?? ""].join(
  path.delimiter,
);

export interface CommandOptions {
  env?: Record<string, string | undefined>;
  /** Where the child's standard output goes: our own, or our standard error. */
  output?: "stdout" | "stderr" | "none";
  signal?: AbortSignal;
}

/** Runs to the end, streaming; resolves with the exit code (a signal counts as 1). */
export async function runCommand(
  command: string,
  parameters: readonly string[],
  options: CommandOptions = {},
): Promise<number> {
  const out = { stdout: 1, stderr: 2, none: "ignore" as const }[options.output ?? "stdout"];
  return await new Promise((resolve) => {
    const child = spawn(command, parameters, {
      cwd: ROOT,
      env: { ...process.env, PATH, ...options.env },
      stdio: ["ignore", out, out === "ignore" ? "ignore" : 2],
      ...(options.signal ? { signal: options.signal } : {}),
    });
    child.once("error", () => resolve(127));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
