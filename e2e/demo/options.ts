import { parseArgs } from "node:util";

import { MAX_HOSTS } from "../../shared/protocol/limits.ts";
import { hostOf, hostSchema } from "../../shared/sites.ts";
import type { Viewport } from "../driver/browser.ts";

export interface DemoOptions {
  /** Absent: the pages of `e2e/site`. */
  url: string | undefined;
  /** Names that the beneficiary's browser finds on a loopback port. */
  map: ReadonlyMap<string, number>;
  /** Hosts beside the page's own, that the beneficiary consents to. */
  consentHosts: readonly string[];
  viewport: Viewport;
  headless: boolean;
  json: boolean;
}

function readMap(entries: readonly string[]): Map<string, number> {
  return new Map(
    entries.map((entry) => {
      const [, host, port] = /^([a-z0-9.-]+)=(\d{1,5})$/i.exec(entry) ?? [];
      if (!host || Number(port) < 1 || Number(port) > 65_535) {
        throw new Error(`--map ${entry}: HOST=PORT is expected`);
      }
      return [host.toLowerCase(), Number(port)];
    }),
  );
}

function readHosts(entries: readonly string[]): string[] {
  if (entries.length >= MAX_HOSTS) {
    throw new Error(`--consent-host: ${MAX_HOSTS - 1} hosts at most, beside the page's own`);
  }
  return entries.map((entry) => {
    const { data } = hostSchema.safeParse(entry.toLowerCase());
    if (!data) throw new Error(`--consent-host ${entry}: a host name is expected`);
    return data;
  });
}

function readViewport(text: string): Viewport {
  const [, width, height] = /^(\d{3,4})x(\d{3,4})$/.exec(text) ?? [];
  if (!width || !height) {
    throw new Error(`--viewport ${text}: WIDTHxHEIGHT is expected, such as 1280x800`);
  }
  return { width: Number(width), height: Number(height) };
}

const HELP =
  "Options: --url URL, --map HOST=PORT, --consent-host HOST, --viewport 1280x800, --headless, " +
  "--json (docs/operations.md)";

function readFlags(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        url: { type: "string" },
        map: { type: "string", multiple: true, default: [] },
        "consent-host": { type: "string", multiple: true, default: [] },
        viewport: { type: "string", default: "1280x800" },
        headless: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    // The library's first sentence says what is wrong; the others speak to programmers.
    const [what = ""] = (error instanceof Error ? error.message : String(error)).split(/\. /);
    throw new Error(`${what.replace(/\.$/, "")}. ${HELP}`, { cause: error });
  }
}

/** Throws an `Error` whose message is for the person at the terminal; `--help` ends the process. */
export function parseDemoOptions(parameters: readonly string[]): DemoOptions {
  const values = readFlags(parameters);
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    process.exit(0);
  }
  if (values.url !== undefined && hostOf(values.url) === undefined) {
    throw new Error(`--url ${values.url}: an https address on the usual port is expected`);
  }
  return {
    url: values.url,
    map: readMap(values.map),
    consentHosts: readHosts(values["consent-host"]),
    viewport: readViewport(values.viewport),
    headless: values.headless,
    json: values.json,
  };
}
