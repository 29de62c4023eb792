import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { utf8 } from "../../shared/bytes.ts";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { createDeviceKey } from "../../shared/crypto/device-key.ts";
import { contentHashOf } from "../../shared/crypto/digest.ts";
import { grantIdSchema } from "../../shared/ids.ts";
import { createReceiptKey, signBytes } from "../../shared/receipts/receipt-key.ts";
import { buildReceipt } from "../../shared/receipts/receipt.ts";
import { formatReceiptFile } from "../../shared/receipts/signed-receipt.ts";
import { hostSchema } from "../../shared/sites.ts";
import { fullOperator } from "./operator.ts";

const PROGRAM = fileURLToPath(new URL("verify-file.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "epaule-receipt-"));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

const device = await createDeviceKey();
const { key, secret } = await createReceiptKey();
const serverUrl = "https://epaule.exemple.fr";
const document = buildReceipt(
  {
    id: grantIdSchema.parse(device.id),
    kind: "SESSION",
    beneficiary: device.id,
    helper: device.id,
    hosts: [hostSchema.parse("impots.example.fr")],
    topics: [],
    capabilities: ["view_masked"],
    text: await contentHashOf(utf8("text")),
    givenAt: "2026-11-29T09:00:00.000Z",
    expiresAt: "2026-11-29T11:00:00.000Z",
  },
  { operator: fullOperator({}, serverUrl), serverUrl, language: "fr" },
);
const receipt = canonicalJson(document);
const signature = await signBytes(secret, utf8(receipt));
const text = formatReceiptFile({ receipt, key: key.kid, signature });
const file = write("receipt.json", text);
const keys = write("keys.json", JSON.stringify({ keys: [key] }));

describe("[E3] npm run receipt:verify", () => {
  test("a receipt as it was issued is valid, with the published file or with one key of it", () => {
    for (const given of [keys, key.x]) {
      const { status, said } = run(file, "--key", given);
      expect(said).toMatch(/^valid: given 2026-11-29T09:00.*impots\.example\.fr/);
      expect(status).toBe(0);
    }
  });

  test("a key that begins with a hyphen is a key", () => {
    expect(run(file, "--key", `-${"A".repeat(42)}`).said).not.toContain("npm run");
  });

  test("what is wrong is named, and the exit code is 1", async () => {
    const other = await createReceiptKey();
    const wrong: [string, string, RegExp][] = [
      [text.replace("impots", "impot"), keys, /altered/],
      [text.slice(0, -40), keys, /cut/],
      [text, write("other.json", JSON.stringify({ keys: [other.key] })), /another key/],
      [text, other.key.x, /another key/],
      [text.replace("epaule-receipt/1", "epaule-receipt/0"), keys, /format/],
      ["{}", keys, /no receipt/],
    ];
    for (const [content, given, words] of wrong) {
      const { status, said } = run(write("wrong.json", content), "--key", given);
      expect(said).toMatch(words);
      expect(status).toBe(1);
    }
  });

  test("what cannot be looked at is exit code 2", () => {
    expect(run(file).said).toContain("npm run receipt:verify");
    for (const args of [
      [],
      [file],
      [file, "--key", "x"],
      [join(folder, "none"), "--key", keys],
      [file, "--kee", keys],
    ])
      expect(run(...args).status).toBe(2);
  });
});
