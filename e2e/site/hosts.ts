import path from "node:path";

export const WWW = "www.allocations-bocage.example";
export const CONNEXION = "connexion.allocations-bocage.example";
const CDN = "cdn.allocations-bocage.example";
export const MESSAGERIE = "messagerie.allocations-bocage.example";
export const ELSEWHERE = "www.cartes-ailleurs.example";
export const HOSTILE = "www.pages-hostiles.example";
export const DSFR = "www.pages-dsfr.example";

export interface SiteHost {
  name: string;
  folder: string;
  headers: Record<string, string>;
}

const here = import.meta.dirname;
const packages = path.resolve(here, "../../node_modules");

const SAFE = {
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
};

function policy(directives: Record<string, string>): Record<string, string> {
  const text = Object.entries(directives).map(([name, value]) => `${name} ${value}`);
  return { ...SAFE, "content-security-policy": text.join("; ") };
}

const STRICT = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": `'self' https://${CDN}`,
  "img-src": `'self' https://${CDN}`,
  "font-src": `https://${CDN}`,
  "connect-src": "'self'",
  "worker-src": "'none'",
  "base-uri": "'none'",
  "require-trusted-types-for": "'script'",
  "trusted-types": "'none'",
};

/** Headers as real services send them: strict on the service itself, CORS on its CDN, nothing elsewhere. */
export const SITE_HOSTS: readonly SiteHost[] = [
  {
    name: WWW,
    folder: path.join(here, "www"),
    headers: {
      ...policy({
        ...STRICT,
        "img-src": `'self' https://${CDN} https://${ELSEWHERE}`,
        "frame-src": `'self' https://${MESSAGERIE} https://${ELSEWHERE}`,
        "form-action": `'self' https://${CONNEXION}`,
        "frame-ancestors": "'self'",
      }),
      "strict-transport-security": "max-age=31536000",
      "permissions-policy": "camera=(), microphone=(), geolocation=()",
      "cross-origin-opener-policy": "same-origin",
    },
  },
  {
    name: CONNEXION,
    folder: path.join(here, "connexion"),
    headers: {
      ...policy({ ...STRICT, "form-action": `https://${WWW}`, "frame-ancestors": "'none'" }),
      "x-frame-options": "DENY",
      "cache-control": "no-store",
      "cross-origin-opener-policy": "same-origin",
    },
  },
  {
    name: CDN,
    folder: path.join(here, "cdn"),
    headers: { ...SAFE, "access-control-allow-origin": "*" },
  },
  {
    name: MESSAGERIE,
    folder: path.join(here, "messagerie"),
    headers: policy({ ...STRICT, "frame-ancestors": `https://${WWW}` }),
  },
  { name: ELSEWHERE, folder: path.join(here, "ailleurs"), headers: {} },
  { name: HOSTILE, folder: path.join(here, "pieges"), headers: {} },
  { name: DSFR, folder: path.join(packages, "@gouvfr/dsfr"), headers: {} },
];
