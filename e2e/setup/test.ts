import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { ensureChromium } from "./browsers.ts";
import { buildConsole, buildExtension } from "./build.ts";
import {
  addCounts,
  closingLine,
  type Counts,
  NONE,
  readPlaywright,
  readVitest,
  withExitCode,
} from "./counts.ts";
import { ensureLiveKit } from "./livekit-binary.ts";
import { runCommand } from "./run-command.ts";
import { findServices } from "./services.ts";

const onCi = process.env["CI"] === "true";

function title(text: string): void {
  console.log(`\n── ${text}`);
}

/** A check without tests of its own counts as one. */
async function check(name: string, work: () => Promise<number>): Promise<Counts> {
  title(name);
  const code = await work().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  });
  console.log(code === 0 ? `${name}: ok` : `${name}: FAILED`);
  return code === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 };
}

async function built(work: () => Promise<unknown>): Promise<number> {
  await work();
  return 0;
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}

async function unitTests(reports: string, livekit: string | undefined): Promise<Counts> {
  title("unit and server tests");
  const services = await findServices();
  const missing = [
    ...(services.database ? [] : ["PostgreSQL"]),
    ...(services.redis ? [] : ["Redis"]),
    ...(livekit ? [] : ["livekit-server"]),
  ];
  if (missing.length > 0) {
    console.log(`${missing.join(" and ")}: no answer; the tests that need them are skipped.`);
  }
  const report = path.join(reports, "vitest.json");
  const env = {
    TEST_DATABASE_URL: services.database,
    TEST_REDIS_URL: services.redis,
    LIVEKIT_BIN: livekit,
  };
  const parameters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await runCommand("vitest", ["run", ...parameters], { env });
  const counts = withExitCode(await readJson(report).then(readVitest, () => NONE), code);
  return onCi ? addCounts(counts, { ...NONE, failed: missing.length }) : counts;
}

async function browserTests(reports: string, livekit: string | undefined): Promise<Counts> {
  title("browser tests");
  const report = path.join(reports, "playwright.json");
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, LIVEKIT_BIN: livekit };
  const parameters = ["test", "-c", "e2e/playwright.config.ts", "--reporter=list,json"];
  const code = await runCommand("playwright", parameters, { env });
  return withExitCode(await readJson(report).then(readPlaywright, () => NONE), code);
}

/** `npm test`: all set-up, then every check and every test; the last line sums them up. */
async function test(): Promise<Counts> {
  const reports = await mkdtemp(path.join(tmpdir(), "epaule-test-"));
  let sum = NONE;
  const add = async (counts: Promise<Counts>) => {
    sum = addCounts(sum, await counts);
  };
  // It may have to be built, for minutes: beside the first checks, which don't need it.
  const building = ensureLiveKit().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  });
  try {
    await add(check("types of the extension", () => runCommand("wxt", ["prepare"])));
    await add(check("format", () => runCommand("oxfmt", ["--check", "."])));
    await add(check("lint", () => runCommand("oxlint", [])));
    await add(check("types", () => runCommand("tsc", ["--noEmit"])));
    await add(check("unused code", () => runCommand("knip", [])));
    const livekit = await building;
    await add(unitTests(reports, livekit));
    await add(check("build for Chromium", () => built(() => buildExtension())));
    await add(
      check("build for Firefox", () => built(() => buildExtension({ browser: "firefox" }))),
    );
    await add(check("build of the console", () => built(buildConsole)));
    const chromium = await check("Chromium is here", () => built(ensureChromium));
    sum = addCounts(sum, chromium);
    if (chromium.failed === 0) await add(browserTests(reports, livekit));
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
  return sum;
}

const counts = await test();
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
console.log(`\n${closingLine(counts)}`);
