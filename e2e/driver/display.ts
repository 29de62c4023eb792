import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

import { ensureDisplay } from "../setup/browsers.ts";

interface ScreenWindow {
  id: string;
  name: string;
  width: number;
  height: number;
}

export interface Display {
  /** For the browser that is to be drawn on it. */
  env: Record<string, string>;
  /** A key of the keyboard, as the window in front hears it: CDP's keys never reach the browser's own shortcuts. */
  press(keys: string): Promise<void>;
  /** Keys for whatever has the keyboard now: a question of the browser's own takes it by itself. */
  answer(...keys: string[]): Promise<void>;
  /** What is on the screen, by the name of each window. */
  windows(): Promise<ScreenWindow[]>;
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
  const tool = async (...parameters: string[]): Promise<string> => {
    const { stdout } = await run(xdotool, parameters, { env: { ...process.env, ...env } });
    return stdout;
  };
  return {
    env,
    answer: async (...keys) => {
      await tool("key", "--clearmodifiers", "--delay", "120", ...keys);
    },
    windows: async () => {
      // Nothing found is an answer too, which the tool takes for a fault.
      const found = await tool("search", "--onlyvisible", "--maxdepth", "1", "").catch(() => "");
      const shown: ScreenWindow[] = [];
      for (const id of found.split("\n").filter((line) => line !== "")) {
        // One may go while it is looked at.
        const shape = await tool("getwindowgeometry", "--shell", id).catch(() => "");
        const name = (await tool("getwindowname", id).catch(() => "")).trim();
        const size = (key: string) => Number(new RegExp(`^${key}=(\\d+)$`, "m").exec(shape)?.[1]);
        if (shape !== "") shown.push({ id, name, width: size("WIDTH"), height: size("HEIGHT") });
      }
      return shown;
    },
    press: async (keys) => {
      // Nobody manages windows here: the browser's gets the keyboard by name.
      const focus = ["search", "--onlyvisible", "--class", "chromium", "windowfocus", "--sync"];
      await tool(...focus, "key", "--clearmodifiers", keys);
    },
    close: async () => {
      process.off("exit", killNow);
      const gone = once(server, "exit");
      server.kill("SIGTERM");
      await gone;
    },
  };
}
