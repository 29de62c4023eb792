import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

import { ensureDisplay } from "../setup/browsers.ts";

export interface Display {
  /** For the browser that is to be drawn on it. */
  env: Record<string, string>;
  /** A key of the keyboard, as the window in front hears it: CDP's keys never reach the browser's own shortcuts. */
  press(keys: string): Promise<void>;
  close(): Promise<void>;
}

const run = promisify(execFile);

/** A display of its own, without a screen; the server picks a free number. */
export async function openDisplay(): Promise<Display> {
  const { xvfb, xdotool } = await ensureDisplay();
  const screen = ["-displayfd", "3", "-screen", "0", "1720x1000x24", "-nolisten", "tcp"];
  const server = spawn(xvfb, screen, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const killNow = () => server.kill("SIGKILL");
  process.once("exit", killNow);
  const [number] = await Promise.race([
    once(server.stdio[3] ?? server, "data"),
    once(server, "exit").then(() => {
      throw new Error("the display did not start");
    }),
  ]);
  const env = { DISPLAY: `:${String(number).trim()}` };
  return {
    env,
    press: async (keys) => {
      // Nobody manages windows here: the browser's gets the keyboard by name.
      const focus = ["search", "--onlyvisible", "--class", "chromium", "windowfocus", "--sync"];
      const options = { env: { ...process.env, ...env } };
      await run(xdotool, [...focus, "key", "--clearmodifiers", keys], options);
    },
    close: async () => {
      process.off("exit", killNow);
      const gone = once(server, "exit");
      server.kill("SIGTERM");
      await gone;
    },
  };
}
