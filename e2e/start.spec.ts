import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";

import { freePort } from "./driver/free-port.ts";
import { createTemporaryFolder } from "./driver/temporary-folder.ts";
import { expect, test } from "./fixtures.ts";
import { PATH, ROOT } from "./setup/run-command.ts";

interface Started {
  text(): string;
  exit: Promise<number>;
  stop(): void;
}

/** What `npm start` runs. */
function start(port: number, dataDir: string): Started {
  const child = spawn(process.execPath, ["e2e/setup/start.ts"], {
    cwd: ROOT,
    env: { ...process.env, PATH, LANG: "fr_FR.UTF-8", PORT: String(port), DATA_DIR: dataDir },
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
  await expect.poll(() => first.text(), { timeout: 60_000 }).toContain("Epaule est prêt.");
  expect(first.text()).toContain(`http://localhost:${port}`);
  expect(first.text()).toContain("chrome://extensions");
  expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);

  const samePort = start(port, path.join(folder.path, "other"));
  expect(await samePort.exit).toBe(1);
  expect(samePort.text()).toContain(`The port ${port} is taken`);

  const sameFolder = start(other, dataDir);
  expect(await sameFolder.exit).toBe(1);
  expect(sameFolder.text()).toContain("already open in another process");

  await writeFile(path.join(folder.path, "file"), "");
  const noFolder = start(other, path.join(folder.path, "file/data"));
  expect(await noFolder.exit).toBe(1);
  expect(noFolder.text()).toContain("cannot be written");

  first.stop();
  expect(await first.exit).toBe(0);
  await folder.remove();
});
