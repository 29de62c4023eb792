import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import {
  RECEIPT_KEYS_PATH,
  receiptKeyOf,
  type ReceiptKeys,
  receiptKeysSchema,
} from "../../shared/receipts/receipt-key.ts";
import { type ReceiptFault, verifyReceiptFile } from "../../shared/receipts/verify-receipt.ts";

const USAGE = `npm run receipt:verify -- FILE --key KEY

  FILE   a receipt as the extension saves it (JSON)
  KEY    the server's published keys, from https://SERVER${RECEIPT_KEYS_PATH}, as a file;
         or one key of them, its "x" (43 characters)
`;

const WORDS: Record<ReceiptFault, string> = {
  "not-json": "the file is cut, or is no JSON",
  "repeated-key": "the file says one thing twice",
  "not-a-receipt": "the file is no receipt with a signature",
  "unknown-format": "its format is not one that this verifier knows",
  incomplete: "something that a receipt must say is missing, or contradicts itself",
  "unknown-key": "it was signed with another key than this server's",
  "wrong-signature": "the signature does not fit: the receipt was altered",
};

/** [E3] Exit code 0: valid; 1: not, and why; 2: it could not be looked at. */
async function verify(): Promise<number> {
  const { file, key } = readArguments();
  if (file === undefined || key === undefined) return refuse(USAGE);
  let text: string;
  let keys: ReceiptKeys;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return refuse(`${file} cannot be read\n`);
  }
  try {
    keys = await readKeys(key);
  } catch {
    return refuse(`${key} is no key, and no file of a server's keys\n`);
  }
  const result = await verifyReceiptFile(text, keys);
  if ("fault" in result) {
    process.stdout.write(`not valid: ${WORDS[result.fault]}\n`);
    return 1;
  }
  const { agreed, piiControllers } = result.receipt;
  const [{ piiControllerUrl }] = piiControllers;
  process.stdout.write(
    `valid: given ${agreed.givenAt}, until ${agreed.expiresAt}, for ${agreed.hosts.join(", ")} (${piiControllerUrl})\n`,
  );
  return 0;
}

function readArguments(): { file?: string | undefined; key?: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      args: joinKey(process.argv.slice(2)),
      options: { key: { type: "string" } },
      allowPositionals: true,
    });
    return positionals.length === 1 ? { file: positionals[0], key: values.key } : {};
  } catch {
    return {};
  }
}

/** A key may begin with a hyphen, and is no option then. */
function joinKey(args: readonly string[]): string[] {
  const at = args.indexOf("--key");
  const key = args[at + 1];
  if (at === -1 || key === undefined) return [...args];
  return [...args.slice(0, at), `--key=${key}`, ...args.slice(at + 2)];
}

async function readKeys(key: string): Promise<ReceiptKeys> {
  if (/^[\w-]{43}$/.test(key)) return { keys: [await receiptKeyOf(key)] };
  return receiptKeysSchema.parse(JSON.parse(readFileSync(key, "utf8")));
}

function refuse(words: string): number {
  process.stderr.write(words);
  return 2;
}

process.exitCode = await verify();
