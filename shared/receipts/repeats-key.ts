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
