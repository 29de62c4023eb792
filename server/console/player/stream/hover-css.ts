/**
 * What rrweb does to every style sheet before it is drawn, in one pass instead of a parser whose
 * time grows with the square of the rules: `:hover` also matches a class (the mirror has no mouse
 * of its own), and device sizes become the window's.
 */
const PIECE = /\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|[{};]/g;
const DEVICE_SIZE = /(max|min)-device-(width|height)/g;

export function adaptHover(css: string): string {
  if (!css.includes(":hover") && !css.includes("-device-")) return css;
  let adapted = "";
  let copied = 0;
  let start = 0;
  for (const piece of css.matchAll(PIECE)) {
    const [text] = piece;
    if (text.startsWith("/*") && css.slice(start, piece.index).trim() === "")
      start = piece.index + text.length;
    if (text.length > 1) continue;
    if (text === "{") {
      const prelude = css.slice(start, piece.index);
      const changed = adaptPrelude(prelude);
      if (changed !== prelude) {
        adapted += css.slice(copied, start) + changed;
        copied = piece.index;
      }
    }
    start = piece.index + 1;
  }
  return adapted + css.slice(copied);
}

function adaptPrelude(prelude: string): string {
  if (prelude.trimStart().startsWith("@")) return prelude.replaceAll(DEVICE_SIZE, "$1-$2");
  if (!prelude.includes(":hover")) return prelude;
  const hovered = splitSelectors(prelude)
    .filter((selector) => selector.includes(":hover"))
    .map((selector) => selector.replaceAll(":hover", ".\\:hover"));
  return [prelude, ...hovered].join(",");
}

/** At commas outside brackets and parentheses. */
function splitSelectors(list: string): string[] {
  const selectors: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < list.length; at += 1) {
    const char = list[at];
    if (char === "\\") at += 1;
    else if (char === "(" || char === "[") depth += 1;
    else if (char === ")" || char === "]") depth -= 1;
    else if (char === "," && depth === 0) {
      selectors.push(list.slice(start, at));
      start = at + 1;
    }
  }
  return [...selectors, list.slice(start)];
}
