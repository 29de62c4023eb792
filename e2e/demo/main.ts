import { createWorld, type World } from "../driver/world.ts";
import { ensureLiveKit } from "../setup/livekit-binary.ts";
import { createCleanup } from "./cleanup.ts";
import { type DemoOptions, parseDemoOptions } from "./options.ts";
import { createOutput } from "./output.ts";
import { show } from "./show.ts";
import { requireScreen } from "./windows.ts";

/** After the build. */
const LIVE_MS = 120_000;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function demo(options: DemoOptions): Promise<void> {
  const output = createOutput(options.json);
  const cleanup = createCleanup();
  let isStopping = false;

  async function leave(code: number): Promise<void> {
    isStopping = true;
    await cleanup.run();
    process.exit(code);
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void leave(0));
  }

  async function fail(code: string, error: unknown): Promise<void> {
    if (isStopping) return;
    output.fail(code, messageOf(error));
    await leave(1);
  }

  let world: World;
  try {
    requireScreen(options);
    const livekit = await ensureLiveKit().catch((error: unknown) => {
      output.say(messageOf(error));
      return undefined;
    });
    const made = await createWorld({}, livekit === undefined ? undefined : {});
    cleanup.add(() => made.close());
    world = made;
  } catch (error) {
    return await fail("SETUP_FAILED", error);
  }
  const late = setTimeout(
    () => void fail("NOT_LIVE", `no live session ${LIVE_MS / 1000} s after the build`),
    LIVE_MS,
  );
  try {
    const ready = await show(world, options, cleanup, (ended) => {
      output.line({ ended });
      output.say(`La séance est terminée (${ended}). Ctrl+C ferme tout.`);
    });
    clearTimeout(late);
    output.line(ready);
    output.say(
      `La séance est en direct. Console\u00a0: ${ready.helper.consoleUrl}. Ctrl+C arrête tout.`,
    );
  } catch (error) {
    clearTimeout(late);
    await fail("NOT_LIVE", error);
  }
}

const parameters = process.argv.slice(2);
try {
  await demo(parseDemoOptions(parameters));
} catch (error) {
  createOutput(parameters.includes("--json")).fail("BAD_ARGUMENTS", messageOf(error));
  process.exitCode = 1;
}
