import type { JournalView } from "../messaging/links.ts";

/**
 * [J4] The whole of what the server gave, so that somebody else can compute the chain anew: device,
 * key, rows, and the last signature. No name of anybody.
 */
export function exportJournal({ device, key, rows, signed }: JournalView): string {
  const journal = { format: "epaule-journal/1", device, key, rows, ...(signed ? { signed } : {}) };
  return `${JSON.stringify(journal, undefined, 2)}\n`;
}

export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
