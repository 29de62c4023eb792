/**
 * The one text of a JSON value, as RFC 8785 writes it: keys in order (by UTF-16 unit), no space.
 * Whoever has the value has the bytes that were hashed or signed, however a database, a wire or a
 * file lays it out. For texts, whole numbers, lists and truth values.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(",")}}`;
}
