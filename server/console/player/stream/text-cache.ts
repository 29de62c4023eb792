/** In all, in characters. Above it, everything is forgotten: what is shown now comes back at once. */
const MAX_LENGTH = 32 * 1024 * 1024;

/** What was made of a text, while there is room: a page sends the same style sheets again and again. */
export function createTextCache<T>(make: (text: string) => T, maximumLength = MAX_LENGTH) {
  const made = new Map<string, T>();
  let length = 0;
  return {
    made,
    get(text: string): T {
      const known = made.get(text);
      if (known !== undefined) return known;
      const value = make(text);
      length += text.length;
      if (length > maximumLength) {
        made.clear();
        length = text.length;
      }
      made.set(text, value);
      return value;
    },
  };
}
