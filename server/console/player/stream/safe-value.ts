import { pendingFont, safeCss } from "./safe-css.ts";
import { createTextCache } from "./text-cache.ts";

export type BoxKind = "object" | "canvas" | "video" | "audio";

/** What reading a hostile stream needs besides the value itself. */
export type SafeContext = {
  /** The blob: URL of a token, when its bytes are there. */
  asset: (token: string) => string | undefined;
  /** An image that says, in the helper's language, what could not be carried. */
  box: (kind: BoxKind) => string;
  /** CSS with every outside reference replaced; remembers large texts. */
  css: (text: string) => string;
  /** `false` once this message has made as many nodes as one message may. */
  spend: () => boolean;
};

const MAX_NODES = 200_000;
const WORTH_REMEMBERING = 256;

/** `font`: told of every font that a style sheet names. */
export function createCssReader(font: (token: string) => string | undefined): {
  read: (text: string) => string;
} {
  const remembered = createTextCache(safeCss);
  return {
    read(text) {
      const safe = text.length < WORTH_REMEMBERING ? safeCss(text) : remembered.get(text);
      let { css } = safe;
      for (const token of safe.fonts) {
        const url = font(token);
        if (url !== undefined) css = css.replaceAll(pendingFont(token), url);
      }
      return css;
    },
  };
}

/** [M7] What one message may make. `spent`: told once, when something had to be left out. */
export function createBudget(spent: () => void, nodes = MAX_NODES): () => boolean {
  let left = nodes;
  return () => {
    left -= 1;
    if (left === -1) spent();
    return left >= 0;
  };
}

/** A JSON object, of which any key may be looked up. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function readRecord(value: unknown): Record<string, unknown> | undefined {
  return isRecord(value) ? value : undefined;
}

export function readNumber(value: unknown, bound = 1e7): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && Math.abs(value) <= bound
    ? value
    : undefined;
}

export function readCount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Cut, rather than refused, when it is too long. */
export function readText(value: unknown, length: number): string | undefined {
  return typeof value === "string" ? value.slice(0, length) : undefined;
}

export function readList(value: unknown, length = MAX_NODES): unknown[] {
  return Array.isArray(value) ? value.slice(0, length) : [];
}
