import { parseArgs } from "node:util";

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
      const [, host, port] = /^([^=]+)=(\d{1,5})$/.exec(entry) ?? [];
      if (!host || Number(port) < 1 || Number(port) > 65_535) {
        throw new Error(`--map ${entry}: HOST=PORT is expected`);
      }
      return [host, Number(port)];
    }),
  );
}

function readViewport(text: string): Viewport {
  const [, width, height] = /^(\d{3,5})x(\d{3,5})$/.exec(text) ?? [];
  if (!width || !height) throw new Error(`--viewport ${text}: WIDTHxHEIGHT is expected`);
  return { width: Number(width), height: Number(height) };
}

/** Throws an `Error` whose message is for the person at the terminal. */
export function parseDemoOptions(parameters: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      url: { type: "string" },
      map: { type: "string", multiple: true, default: [] },
      "consent-host": { type: "string", multiple: true, default: [] },
      viewport: { type: "string", default: "1280x800" },
      headless: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  if (values.url !== undefined && hostOf(values.url) === undefined) {
    throw new Error(`--url ${values.url}: an https address on the usual port is expected`);
  }
  for (const host of values["consent-host"]) {
    if (!hostSchema.safeParse(host).success) {
      throw new Error(`--consent-host ${host}: a host name is expected`);
    }
  }
  return {
    url: values.url,
    map: readMap(values.map),
    consentHosts: values["consent-host"],
    viewport: readViewport(values.viewport),
    headless: values.headless,
    json: values.json,
  };
}
