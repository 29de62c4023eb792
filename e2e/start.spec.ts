import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { freePort } from "./driver/free-port.ts";
import { whyNoLiveKit } from "./driver/livekit.ts";
import { createTemporaryFolder } from "./driver/temporary-folder.ts";
import { expect, test } from "./fixtures.ts";
import { buildExtension, EXTENSION_FOLDER } from "./setup/build.ts";
import { PATH, ROOT, runCommand } from "./setup/run-command.ts";

/** Which server the extension in the folder was built for, among other things. */
const STAMP = path.join(EXTENSION_FOLDER, "../chrome.stamp");

const FRENCH = { LC_ALL: "", LC_MESSAGES: "", LANG: "fr_FR.UTF-8" };

interface Started {
  text(): string;
  exit: Promise<number>;
  stop(): void;
}

/** What `npm start` runs. */
function start(port: number, dataDir: string): Started {
  const child = spawn(process.execPath, ["e2e/setup/main.js"], {
    cwd: ROOT,
    env: { ...process.env, PATH, ...FRENCH, PORT: String(port), DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  }
  return {
    text: () => text,
    exit: once(child, "exit").then(([code]) => Number(code)),
    stop: () => child.kill("SIGTERM"),
  };
}

test("npm start says what to do next, refuses a second one clearly, and stops cleanly", async () => {
  const folder = await createTemporaryFolder("start");
  const [port, other] = await Promise.all([freePort(), freePort()]);
  const dataDir = path.join(folder.path, "data");
  const first = start(port, dataDir);
  await expect.poll(() => first.text(), { timeout: 60_000 }).toContain("Epaule est prête");
  expect(first.text()).toContain(`http://localhost:${port}`);
  expect(first.text()).toContain("chrome://extensions");
  expect(first.text()).toContain("sur cet ordinateur seulement");
  await expect.poll(() => first.text()).toContain("les liens de connexion apparaissent ici");
  expect(first.text().trim().split("\n").length, "what helps, and no build log").toBeLessThan(30);
  expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);
  const page = await fetch(`http://localhost:${port}/`);
  const voice = /ws:\/\/127\.0\.0\.1:\d+/.exec(page.headers.get("content-security-policy") ?? "");
  if (await whyNoLiveKit()) expect(voice).toBeNull();
  else {
    await expect.poll(() => first.text(), { timeout: 20_000 }).toContain("La voix est prête.");
    expect((await fetch(voice?.[0].replace("ws", "http") ?? "")).status).toBe(200);
  }
  const built = await readFile(STAMP, "utf8");

  const samePort = start(port, path.join(folder.path, "other"));
  expect(await samePort.exit).toBe(1);
  expect(samePort.text()).toContain(`Le port ${port} est pris, peut-être par Epaule`);

  const sameFolder = start(other, dataDir);
  expect(await sameFolder.exit).toBe(1);
  expect(sameFolder.text()).toContain("déjà ouvert par un autre processus");

  await writeFile(path.join(folder.path, "file"), "");
  const noFolder = start(other, path.join(folder.path, "file/data"));
  expect(await noFolder.exit).toBe(1);
  expect(noFolder.text()).toContain("est un fichier, pas un dossier");
  // Below /proc nothing can be made, and a careless way to try never returns.
  const nowhere = start(other, "/proc/epaule/data");
  expect(await nowhere.exit).toBe(1);
  expect(nowhere.text()).toContain("/proc/epaule/data ne peut pas être écrit");

  expect(await readFile(STAMP, "utf8"), "the first one's extension is as it was").toBe(built);
  first.stop();
  expect(await first.exit).toBe(0);
  expect(first.text()).toMatch(/Epaule est arrêtée\.\s*$/);
  expect(first.text(), "no line of the log among what is for the person").not.toContain('{"level"');
  if (voice) await expect(fetch(voice[0].replace("ws", "http"))).rejects.toThrow();
  await folder.remove();
});

test("npm start that is stopped in the middle of its build ends at once, and keeps nobody waiting", async () => {
  const folder = await createTemporaryFolder("start");
  const port = await freePort();
  const dataDir = path.join(folder.path, "data");
  const first = start(port, dataDir);
  await expect
    .poll(() => first.text(), { timeout: 60_000 })
    .toContain("Construction\u00a0: l’extension");
  const stopped = Date.now();
  first.stop();
  expect(await first.exit).toBe(0);
  expect(Date.now() - stopped).toBeLessThan(5_000);
  expect(first.text()).not.toContain("prêt");

  const second = start(port, dataDir);
  await expect.poll(() => second.text(), { timeout: 60_000 }).toContain("Epaule est prête");
  second.stop();
  expect(await second.exit).toBe(0);
  await folder.remove();
});

const manifestOf = async (built: string) =>
  await readFile(path.join(built, "manifest.json"), "utf8");

test("an extension that was built by hand for another server is built again for this one", async () => {
  const folder = await createTemporaryFolder("build");
  const here = { serverUrl: "http://localhost:8787", outDir: folder.path };
  expect(await manifestOf(await buildExtension(here))).toContain("http://localhost:8787 ");

  const env = { EPAULE_SERVER: "https://epaule.example.org", EPAULE_OUT: folder.path };
  const output = "on failure";
  expect(await runCommand("npm", ["run", "build:extension"], { env, output })).toBe(0);
  const other = path.join(folder.path, "chrome-mv3");
  expect(await manifestOf(other)).toContain("https://epaule.example.org ");

  const again = await manifestOf(await buildExtension(here));
  expect(again).toContain("http://localhost:8787 ");
  expect(again).not.toContain("epaule.example.org");
  await folder.remove();
});

test("an address that is no origin stops the build with one sentence", async () => {
  for (const [name, wrong, example] of [
    ["EPAULE_SERVER", "epaule.example.org", "https://epaule.example.org"],
    ["EPAULE_SERVER", "https://epaule.example.org/x/", "https://epaule.example.org"],
    ["EPAULE_VOICE", "wss://voice.example.org/rtc", "wss://voice.example.org"],
  ] as const) {
    const child = spawn("wxt", ["build"], {
      cwd: ROOT,
      env: { ...process.env, PATH, ...FRENCH, [name]: wrong },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text += part));
    const [code] = await once(child, "close");
    expect(code).toBe(1);
    expect(text.trim()).toBe(`${name} doit être une origine, sans chemin, comme ${example}`);
  }
});

test("under a Node that cannot read TypeScript, npm start says one sentence", async () => {
  const child = spawn(process.execPath, ["--no-strip-types", "e2e/setup/main.js"], {
    cwd: ROOT,
    env: { ...process.env, PATH, ...FRENCH },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => (text += part));
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(text).toMatch(/^Epaule a besoin de Node 22\.18.*--include=dev.*\n$/);
});
