import { ensureChromium } from "./browsers.ts";
import { ensureLiveKit } from "./livekit-binary.ts";
import { runCommand } from "./run-command.ts";

/** `npm run e2e -- NAME.spec.ts`: the browser tests alone. They build what they drive. */
async function e2e(): Promise<number> {
  try {
    await ensureChromium();
    await ensureLiveKit().catch((error: unknown) => {
      if (process.env["CI"] === "true") throw error;
      console.error(error instanceof Error ? error.message : error);
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
  const parameters = ["test", "-c", "e2e/playwright.config.ts", ...process.argv.slice(2)];
  return await runCommand("playwright", parameters);
}

process.exitCode = await e2e();
