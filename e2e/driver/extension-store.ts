import { execFile } from "node:child_process";
import { createHash, generateKeyPairSync } from "node:crypto";
import { chmod, cp, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { promisify } from "node:util";

import { freePort } from "./free-port.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";

const run = promisify(execFile);

export interface ExtensionStore {
  /** The browser to launch: it installs the extension from here by itself, as from a store. */
  browser: string;
  /** The shipped extension, signed, under this version: the browser finds it at its next check. */
  publish(version: string): Promise<void>;
  close(): Promise<void>;
}

/** Where Chromium reads what an administrator decided. */
const POLICIES = "/etc/chromium";
/** A view of the files of one's own; whoever is not root is root in that view. */
const OWN_VIEW = [
  ...(process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"]),
  "--mount",
  "sh",
  "-c",
];
const HIDE = `mount -t tmpfs tmpfs ${POLICIES}`;

/** Whether this machine lets a browser have policies that the others do not see. */
export async function canHavePolicies(): Promise<boolean> {
  return await run("unshare", [...OWN_VIEW, HIDE]).then(
    () => true,
    () => false,
  );
}

/** As Chromium derives it from the key that signs. */
function extensionIdOf(publicKey: Buffer): string {
  const digits = createHash("sha256").update(publicKey).digest("hex").slice(0, 32);
  return digits.replaceAll(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 16)));
}

/** Chromium, which alone reads this policy. */
async function writeBrowser(folder: string, chromium: string, policy: object): Promise<string> {
  const file = path.join(folder, "policy.json");
  const wrapper = path.join(folder, "managed-chromium");
  const managed = path.join(POLICIES, "policies/managed");
  await writeFile(file, JSON.stringify(policy));
  const inside = `${HIDE} && mkdir -p ${managed} && cp "$0" ${managed}/ && exec "$@"`;
  const script = `exec unshare ${OWN_VIEW.join(" ")} '${inside}' '${file}' '${chromium}' "$@"`;
  await writeFile(wrapper, `#!/bin/sh\n${script}\n`);
  await chmod(wrapper, 0o755);
  return wrapper;
}

/** A place that serves the extension's signed package and its updates, on loopback. */
export async function openExtensionStore(options: {
  chromium: string;
  extension: string;
}): Promise<ExtensionStore> {
  const folder = await createTemporaryFolder("store");
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const keyFile = path.join(folder.path, "key.pem");
  await writeFile(keyFile, key.privateKey.export({ type: "pkcs8", format: "pem" }));
  const id = extensionIdOf(key.publicKey.export({ type: "spki", format: "der" }));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let published = "";
  let signed: Buffer = Buffer.alloc(0);

  const server = createServer((request, response) => {
    if (request.url?.startsWith("/update.xml")) {
      response.setHeader("content-type", "text/xml");
      response.end(
        `<?xml version="1.0"?><gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">` +
          `<app appid="${id}"><updatecheck codebase="${url}/${published}.crx" version="${published}"/></app></gupdate>`,
      );
      return;
    }
    response.setHeader("content-type", "application/x-chrome-extension");
    response.end(signed);
  });
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });

  const install = {
    // Not forced: its permissions stay the person's to give.
    installation_mode: "normal_installed",
    update_url: `${url}/update.xml`,
    override_update_url: true,
  };
  return {
    browser: await writeBrowser(folder.path, options.chromium, {
      ExtensionSettings: { [id]: install },
    }),
    publish: async (version) => {
      const source = path.join(folder.path, version);
      await cp(options.extension, source, { recursive: true });
      const manifest = path.join(source, "manifest.json");
      const shipped: unknown = JSON.parse(await readFile(manifest, "utf8"));
      await writeFile(manifest, JSON.stringify(Object.assign(Object(shipped), { version })));
      await run(options.chromium, [
        "--no-sandbox",
        "--headless",
        `--user-data-dir=${path.join(folder.path, "packer")}`,
        `--pack-extension=${source}`,
        `--pack-extension-key=${keyFile}`,
      ]);
      signed = await readFile(`${source}.crx`);
      published = version;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      await folder.remove();
    },
  };
}
