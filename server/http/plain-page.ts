import { createHash } from "node:crypto";

import { policy } from "./security-headers.ts";

/** The look of `shared/ui/theme.css`, in short: a plain page loads nothing. */
const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #faf5ee; --surface: #fffdf9; --ink: #26211d; --ink-soft: #5d544c; --line: #d9cdbf;
  --accent: #a4432a; --accent-ink: #fffaf5; --error: #a11d2c; --error-ink: #fffaf5;
  --serif: "Iowan Old Style", Charter, "Sitka Heading", Cambria, Georgia, "DejaVu Serif", serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b1714; --surface: #26211d; --ink: #f5ede4; --ink-soft: #c6b9ab; --line: #473d35;
    --accent: #f2a98d; --accent-ink: #32130a; --error: #ffb1b1; --error-ink: #46201f;
  }
}
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.125rem/1.6 "Segoe UI Variable Text", "Segoe UI", system-ui, sans-serif; }
header { display: flex; align-items: center; gap: 0.6rem; padding: 1.1rem 1.25rem;
  font: bold 1.5rem/1 var(--serif); }
header svg { width: 2.4rem; height: 2.4rem; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font: bold 2rem/1.25 var(--serif); margin: 0 0 1rem; text-wrap: balance; }
p { margin: 1rem 0; }
ol { list-style: none; counter-reset: step; margin: 2rem 0; padding: 1.25rem;
  background: var(--surface); border: 1px solid var(--line); border-radius: 0.75rem; }
li { counter-increment: step; position: relative; padding-left: 3.25rem; min-height: 2.25rem; }
li + li { margin-top: 1.1rem; }
li::before { content: counter(step); position: absolute; left: 0; top: 0; width: 2.25rem;
  text-align: center; border-radius: 50%; background: var(--accent); color: var(--accent-ink);
  font: bold 1.1rem/2.25rem var(--serif); }
button { width: 100%; min-height: 3.75rem; padding: 0.75rem 1.25rem; border: 0;
  border-radius: 0.75rem; background: var(--error); color: var(--error-ink);
  font: inherit; font-size: 1.25rem; font-weight: bold; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
.soft { color: var(--ink-soft); }
`;

const MARK = `<svg viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="12" fill="#a4432a"/><g fill="none" stroke="#fffaf5" stroke-width="3.2" stroke-linecap="round"><circle cx="14.5" cy="15.5" r="3.9"/><path d="M7 31c.4-5 3-8 7.5-8 3.4 0 5.8 1.7 6.9 4.8"/><circle cx="26" cy="11" r="3.9"/><path d="M18.6 20.6c1.6-2 4-3.1 7-2.9 4.9.3 7.4 4.2 7.8 13.3"/></g></svg>`;

/** No script, no network; a form only where the page has one. */
export function plainCsp({ form = false }: { form?: boolean } = {}): string {
  return policy({
    "default-src": "'none'",
    "script-src": "'none'",
    "style-src": `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
    "base-uri": "'none'",
    "form-action": form ? "'self'" : "'none'",
    "frame-ancestors": "'none'",
  });
}

/** French unless the browser asks for English first. */
export function languageOf(acceptLanguage: string | undefined): "fr" | "en" {
  return /^\s*en\b/i.test(acceptLanguage ?? "") ? "en" : "fr";
}

/** A page of the server's own, without the console. `body`: HTML of ours, never a person's words. */
export function plainPage(language: "fr" | "en", title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>${MARK}Epaule</header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}
