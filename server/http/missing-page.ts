import { createHash } from "node:crypto";

import type { Context as HonoContext } from "hono";

import type { AppEnv } from "./app-env.ts";
import { fail } from "./error-handler.ts";
import { policy } from "./security-headers.ts";

const STYLE = `:root { color-scheme: light dark; }
body { max-width: 40rem; margin: 0 auto; padding: 3rem 1.25rem;
  font: 1.125rem/1.6 "Segoe UI Variable Text", "Segoe UI", system-ui, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.25; }
`;

const WORDS = {
  fr: {
    title: "Cette page n’existe pas",
    why: "L’adresse est peut-être incomplète. Vérifiez-la, ou demandez un nouveau lien à la personne qui vous l’a envoyée.",
    open: "Ouvrir Epaule",
  },
  en: {
    title: "This page does not exist",
    why: "The address may be incomplete. Check it, or ask the person who sent it to you for a new link.",
    open: "Open Epaule",
  },
} as const;

const CSP = policy({
  "default-src": "'none'",
  "style-src": `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
});

/** A person who opens an address, not a program that asks the API. */
export function wantsPage(c: HonoContext<AppEnv>): boolean {
  if (c.req.method !== "GET" && c.req.method !== "HEAD") return false;
  if (/^\/(?:api|ws|livekit)(?:\/|$)/.test(c.req.path)) return false;
  return /\btext\/html\b/i.test(c.req.header("accept") ?? "");
}

/**
 * What there is not: a page for a person, the code for a program. It leads to `publicUrl`, or, on a
 * host that is not ours, nowhere: whoever tries addresses learns no name.
 */
export function answerMissing(c: HonoContext<AppEnv>, publicUrl: string | undefined): Response {
  if (!wantsPage(c)) return fail(c, "NOT_FOUND");
  const language = /^\s*en\b/i.test(c.req.header("accept-language") ?? "") ? "en" : "fr";
  const words = WORDS[language];
  const link = publicUrl === undefined ? "" : `<p><a href="${publicUrl}/">${words.open}</a></p>\n`;
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title} – Epaule</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${words.title}</h1>
<p>${words.why}</p>
${link}</body>
</html>
`;
  return new Response(c.req.method === "HEAD" ? null : html, {
    status: 404,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": CSP,
      Vary: "Accept, Accept-Language",
    },
  });
}
