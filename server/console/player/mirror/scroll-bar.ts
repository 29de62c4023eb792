const SIDE = 100;

function ownBar(): number {
  const box = document.createElement("div");
  box.className = "scrolling";
  document.body.append(box);
  const bar = SIDE - box.clientWidth;
  box.remove();
  return bar;
}

/**
 * Scroll bars that take the room they take in the page. Before the page's own rules, which may say
 * otherwise; none where this browser's are the same.
 */
export function barRules(bar: number | undefined): string[] {
  if (bar === undefined || bar === ownBar()) return [];
  return [
    `::-webkit-scrollbar{width:${bar}px;height:${bar}px;background:#f1f1f1}`,
    "::-webkit-scrollbar-thumb{background:#a8a8a8;border:3px solid #f1f1f1;border-radius:8px}",
    ...(bar === 0 ? ["*{scrollbar-width:none}"] : []),
  ];
}
