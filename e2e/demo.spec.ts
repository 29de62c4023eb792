import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";

import { chromium, type Page } from "@playwright/test";
import { generate } from "selfsigned";
import { z } from "zod";

import { VOICES_HZ } from "./demo/voice.ts";
import { earsOfAnybody } from "./driver/ears.ts";
import { whyNoLiveKit } from "./driver/livekit.ts";
import { targetIdOf } from "./driver/target-id.ts";
import { connectTarget } from "./driver/target.ts";
import { expect, test } from "./fixtures.ts";
import { PATH, ROOT } from "./setup/run-command.ts";
import { WWW } from "./site/hosts.ts";

const SERVICE = "www.guichet.example";
/** Part of the other's name: the two are not to be confused. */
const SECOND = "guichet.example";

const line = z.union([
  z.strictObject({
    ready: z.literal(true),
    beneficiary: z.strictObject({
      cdp: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/),
      targetId: z.string(),
      pageUrl: z.string(),
      extensionId: z.string().regex(/^[a-p]{32}$/),
    }),
    helper: z.strictObject({
      cdp: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/),
      targetId: z.string(),
      consoleUrl: z.url(),
      mirrorPath: z.array(z.string()).min(1),
    }),
    server: z.strictObject({ url: z.url() }),
    voice: z.discriminatedUnion("on", [
      z.strictObject({ on: z.literal(true) }),
      z.strictObject({ on: z.literal(false), reason: z.string() }),
    ]),
  }),
  z.strictObject({
    ready: z.literal(false),
    error: z.strictObject({ code: z.string(), message: z.string() }),
  }),
  z.strictObject({ ended: z.string() }),
]);
type Line = z.infer<typeof line>;
type Ready = Extract<Line, { ready: true }>;

interface Demo {
  lines(): Line[];
  exit: Promise<number | null>;
  stop(signal: "SIGINT" | "SIGTERM"): void;
}

/** What `npm run --silent demo -- …` runs. Anything but our lines on standard output is an error. */
function run(...parameters: string[]): Demo {
  const child = spawn(process.execPath, ["e2e/demo/main.ts", ...parameters], {
    cwd: ROOT,
    env: { ...process.env, PATH },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  return {
    lines: () => {
      const whole = text.split("\n").slice(0, -1);
      return whole.map((one) => line.parse(JSON.parse(one)));
    },
    exit: once(child, "exit").then(([code]) => code),
    stop: (signal) => child.kill(signal),
  };
}

async function untilReady(demo: Demo): Promise<Ready> {
  await expect.poll(() => demo.lines().length, { timeout: 150_000 }).toBeGreaterThan(0);
  const [first] = demo.lines();
  if (!first || !("ready" in first) || !first.ready) throw new Error(JSON.stringify(first));
  return first;
}

/** Whoever has the line finds the page by it, with a connection of their own. */
async function connect(end: { cdp: string; targetId: string }): Promise<Page> {
  const browser = await chromium.connectOverCDP(end.cdp);
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    if ((await targetIdOf(page)) === end.targetId) return page;
  }
  throw new Error("no page has this target");
}

/** A service of somebody else: a certificate that nobody signed, and every header that could be in the way. */
async function startService() {
  const { private: key, cert } = await generate([{ name: "commonName", value: SERVICE }]);
  const server = createServer({ key, cert }, (request, response) => {
    if (request.url === "/leads") {
      response.writeHead(302, { location: "/" }).end();
      return;
    }
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
    });
    response.end(
      `<!doctype html><html lang="fr"><title>Guichet</title><h1>${request.headers.host} ${request.url}</h1>`,
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what listens on TCP has a port
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function endsInTime(demo: Demo, signal: "SIGINT" | "SIGTERM"): Promise<void> {
  const since = Date.now();
  demo.stop(signal);
  expect(await demo.exit).toBe(0);
  expect(Date.now() - since).toBeLessThan(5_000);
}

async function isGone({ cdp }: { cdp: string }): Promise<boolean> {
  return await fetch(`${cdp}/json/version`).then(
    () => false,
    () => true,
  );
}

test("the demo shows anybody's page, and whoever drives it sees the mirror follow", async () => {
  const service = await startService();
  const map = [SERVICE, SECOND].flatMap((host) => ["--map", `${host}=${service.port}`]);
  const place = ["--url", `https://${SERVICE}/leads`, "--consent-host", SECOND];
  const demo = run("--headless", "--json", "--viewport", "1024x700", ...place, ...map);
  try {
    const ready = await untilReady(demo);
    expect(ready.beneficiary.pageUrl).toBe(`https://${SERVICE}/`);
    const tab = await connect(ready.beneficiary);
    const desk = await connect(ready.helper);
    expect(await tab.evaluate("[innerWidth, innerHeight]")).toEqual([1024, 700]);
    const inside = ready.helper.mirrorPath.slice(0, -1);
    const outer = inside.reduce<Pick<Page, "frameLocator" | "locator">>(
      (frame, path) => frame.frameLocator(path),
      desk,
    );
    const last = ready.helper.mirrorPath.at(-1) ?? "";
    const heading = outer.frameLocator(last).getByRole("heading", { level: 1 });
    const size = async () => await outer.locator(last).boundingBox();
    // At once: the line was written when it was painted.
    expect(await heading.textContent({ timeout: 1_000 })).toBe(`${SERVICE} /`);
    expect(await size()).toMatchObject({ width: 1024, height: 700 });

    await tab.goto(`https://${SECOND}/autre`);
    await expect(heading).toHaveText(`${SECOND} /autre`);
    await tab.reload();
    await expect(heading).toHaveText(`${SECOND} /autre`);
    await desk.reload();
    await expect(heading).toHaveText(`${SECOND} /autre`);
    await tab.goto(`https://${SERVICE}/retour`);
    await expect(heading).toHaveText(`${SERVICE} /retour`);
    expect(await size()).toMatchObject({ width: 1024, height: 700 });

    const pages = tab.context().pages();
    const side = pages.find((page) => page.url().includes("sidepanel.html"));
    await side?.getByRole("button", { name: "Arrêter", exact: true }).click();
    await expect.poll(() => demo.lines().slice(1)).toEqual([{ ended: "stopped" }]);
    await endsInTime(demo, "SIGTERM");
    expect(await isGone(ready.beneficiary)).toBe(true);
    expect(await isGone(ready.helper)).toBe(true);
    expect(await isGone({ cdp: ready.server.url })).toBe(true);
  } finally {
    demo.stop("SIGTERM");
    await service.close();
  }
});

/** The frame whose document is the mirrored one. */
function mirrorOf(desk: Page, [outer = "", inner = ""]: readonly string[]) {
  return desk.frameLocator(outer).frameLocator(inner);
}

/** Two ends that hum, each at a pitch of its own: what arrives at one is the other's. */
async function eachHearsTheOther({ beneficiary, helper }: Ready): Promise<void> {
  const places = [
    [beneficiary.cdp, (url: string) => url.endsWith("/offscreen.html"), VOICES_HZ.helper],
    [helper.cdp, (url: string) => url === helper.consoleUrl, VOICES_HZ.beneficiary],
  ] as const;
  for (const [cdp, isPlace, hertz] of places) {
    const target = await connectTarget(cdp, isPlace);
    try {
      const heard = await (await earsOfAnybody(target)).listen(3_000);
      expect(heard.rms, JSON.stringify(heard)).toBeGreaterThan(0.003);
      expect(Math.abs(heard.hertz - hertz), JSON.stringify(heard)).toBeLessThan(15);
    } finally {
      target.close();
    }
  }
}

test("two demos at once, on our own pages, each with both voices; SIGINT ends one, SIGTERM the other", async () => {
  test.setTimeout(240_000);
  const one = run("--headless", "--json");
  const other = run("--headless", "--json");
  try {
    const [first, second] = await Promise.all([untilReady(one), untilReady(other)]);
    for (const ready of [first, second]) {
      const missing = { on: false, reason: "there is no livekit-server here" };
      expect(ready.voice).toEqual((await whyNoLiveKit()) === undefined ? { on: true } : missing);
      expect(ready.beneficiary.pageUrl).toBe(`https://${WWW}/`);
      if (ready.voice.on) await eachHearsTheOther(ready);
    }
    await endsInTime(one, "SIGINT");
    for (const gone of [first.beneficiary, first.helper, { cdp: first.server.url }])
      expect(await isGone(gone)).toBe(true);

    const tab = await connect(second.beneficiary);
    const desk = await connect(second.helper);
    await tab.goto(`https://${WWW}/demarche/etape-1`);
    const title = await tab.getByRole("heading", { level: 1 }).innerText();
    const mirrored = mirrorOf(desk, second.helper.mirrorPath);
    await expect(mirrored.getByRole("heading", { level: 1 }).first()).toHaveText(title);
    await endsInTime(other, "SIGTERM");
    for (const gone of [second.beneficiary, second.helper, { cdp: second.server.url }])
      expect(await isGone(gone)).toBe(true);
  } finally {
    one.stop("SIGTERM");
    other.stop("SIGTERM");
  }
});

test("a demo that can't be says why, in its line, and fails", async () => {
  const wrong = run("--json", "--url", "http://www.guichet.example/");
  const closed = run("--json", "--headless", "--url", `https://${SERVICE}/`, `--map=${SERVICE}=1`);
  expect(await wrong.exit).toBe(1);
  expect(await closed.exit).toBe(1);
  expect(wrong.lines()).toMatchObject([{ ready: false, error: { code: "BAD_ARGUMENTS" } }]);
  expect(closed.lines()).toMatchObject([
    { ready: false, error: { code: "NOT_LIVE", message: expect.stringContaining("net::ERR") } },
  ]);
});
