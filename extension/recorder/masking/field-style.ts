/**
 * [M3] Pages make a field as large as what is in it, and paint how far a slider is pushed: of a
 * field's own style, what could tell that stays in the page.
 */
const TELLING =
  /^\s*(?:(?:(?:min|max)-)?(?:height|width|block-size|inline-size)|background-(?:size|position(?:-[xy])?)|--.*)\s*$/i;

/** As rrweb has it: a text, or for a change what each property becomes. */
export function withoutTelling(style: unknown): unknown {
  if (typeof style === "string")
    return style
      .split(";")
      .filter((one) => !TELLING.test(one.split(":")[0] ?? ""))
      .join(";");
  if (typeof style !== "object" || style === null) return style;
  return Object.fromEntries(Object.entries(style).filter(([name]) => !TELLING.test(name)));
}
