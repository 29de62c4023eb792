/** Of the first and the last word of a name, for the eyes only: the name stands beside it. */
export function Initials({ name }: { name: string }) {
  return (
    <span className="ep-initials" aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last]
    .map((word) => word?.match(/^./su)?.[0] ?? "")
    .join("")
    .toLocaleUpperCase();
}
