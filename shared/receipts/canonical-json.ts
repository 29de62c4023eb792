/**
 * The one text of a JSON value, as RFC 8785 writes it for what a receipt holds: keys in order, no
 * space. Whoever has the value has the bytes that were signed, however their copy is laid out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(",")}}`;
}

/** Of a key that is written twice a reader may take either: such a text is no receipt. */
export function repeatsKey(text: string, parsed: unknown): boolean {
  const strings = text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g);
  const written = [...strings].filter(([, colon]) => colon !== undefined).length;
  return written !== countKeys(parsed);
}

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inside = Object.values(value).reduce<number>((sum, field) => sum + countKeys(field), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}
