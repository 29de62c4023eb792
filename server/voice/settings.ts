import { isLoopbackHost } from "../loopback.ts";
import { StartupError } from "../startup-error.ts";

export interface VoiceSettings {
  /** What browsers connect to: an origin, ws: or wss:. */
  url: string;
  /** What this server asks: an origin, http: or https:. */
  apiUrl: string;
  key: string;
  secret: string;
}

interface Variables {
  LIVEKIT_URL?: string | undefined;
  LIVEKIT_API_URL?: string | undefined;
  LIVEKIT_API_KEY?: string | undefined;
  LIVEKIT_API_SECRET?: string | undefined;
}

/** HS256 is worth what its secret is worth; livekit-server only complains of a shorter one. */
const MIN_SECRET = 32;

/** `undefined` where none of them is set. Throws `StartupError`: some of them alone, or one not in form. */
export function parseVoiceSettings(
  variables: Variables,
  production: boolean,
): VoiceSettings | undefined {
  const {
    LIVEKIT_URL: url,
    LIVEKIT_API_URL: apiUrl,
    LIVEKIT_API_KEY: key,
    LIVEKIT_API_SECRET: secret,
  } = variables;
  if (!url && !apiUrl && !key && !secret) return undefined;
  if (!url || !key || !secret)
    throw new StartupError({
      fr: "La voix demande LIVEKIT_URL, LIVEKIT_API_KEY et LIVEKIT_API_SECRET ensemble, ou aucun des trois.",
      en: "Voice needs LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET together, or none of them.",
    });
  const forBrowsers = originOf(url);
  if (!forBrowsers || !/^wss?:$/.test(forBrowsers.protocol))
    throw new StartupError({
      fr: "LIVEKIT_URL doit être comme wss://voice.example.org, sans chemin.",
      en: "LIVEKIT_URL must be like wss://voice.example.org, without path.",
    });
  if (production && forBrowsers.protocol === "ws:" && !isLoopbackHost(forBrowsers.host))
    throw new StartupError({
      fr: "LIVEKIT_URL doit commencer par wss: en production.",
      en: "LIVEKIT_URL must begin with wss: in production.",
    });
  const forUs = originOf(apiUrl || url);
  if (!forUs || !/^(?:wss?|https?):$/.test(forUs.protocol))
    throw new StartupError({
      fr: "LIVEKIT_API_URL doit être comme https://voice.example.org, sans chemin.",
      en: "LIVEKIT_API_URL must be like https://voice.example.org, without path.",
    });
  if (!/^[\w-]{1,128}$/.test(key))
    throw new StartupError({
      fr: "LIVEKIT_API_KEY ne peut avoir que des lettres, des chiffres, - et _.",
      en: "LIVEKIT_API_KEY must be letters, digits, - and _ only.",
    });
  if (secret.length < MIN_SECRET)
    throw new StartupError({
      fr: `LIVEKIT_API_SECRET doit avoir ${MIN_SECRET} caractères ou plus.`,
      en: `LIVEKIT_API_SECRET must have ${MIN_SECRET} characters or more.`,
    });
  return {
    url: textOf(forBrowsers),
    apiUrl: textOf(forUs).replace(/^ws/, "http"),
    key,
    secret,
  };
}

/** Of an address without path, query, fragment and user. */
function originOf(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url?.host || url.pathname.replace(/^\/$/, "") !== "") return undefined;
  return url.search || url.hash || url.username || url.password ? undefined : url;
}

/** `URL.origin` is "null" for ws: in some versions of Node. */
function textOf(url: URL): string {
  return `${url.protocol}//${url.host}`;
}
