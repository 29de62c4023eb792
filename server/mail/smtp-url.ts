import { isLoopbackHost } from "../loopback.ts";

/** Where mail leaves, as `SMTP_URL` says it. */
export interface SmtpSettings {
  host: string;
  /** Absent: the usual one, 587 or (with `secure`) 465. */
  port: number | undefined;
  /** `smtps:`, TLS from the first byte. */
  secure: boolean;
  /** `smtp:` with STARTTLS or nothing: a server that does not offer it gets neither password nor mail. */
  requireTls: boolean;
  auth: { user: string; pass: string } | undefined;
}

/** `undefined` for what is no SMTP address. A parameter that we don't know is refused, not passed on. */
export function parseSmtpUrl(text: string): SmtpSettings | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const secure = url.protocol === "smtps:";
  if ((!secure && url.protocol !== "smtp:") || host === "" || url.hash !== "") return undefined;
  if (url.pathname !== "" && url.pathname !== "/") return undefined;
  if ([...url.searchParams.keys()].some((name) => name !== "requireTLS")) return undefined;
  const asked = url.searchParams.getAll("requireTLS");
  if (asked.length > 1 || asked.some((value) => value !== "true" && value !== "false"))
    return undefined;
  try {
    const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    return {
      host,
      port: url.port === "" ? undefined : Number(url.port),
      secure,
      // On the way to this very computer nobody can take STARTTLS out of the answer.
      requireTls: asked.length === 0 ? !isOurs(host) : asked[0] === "true",
      auth: user === "" ? undefined : { user, pass },
    };
  } catch {
    return undefined;
  }
}

/** A name below localhost is none: this machine may ask a name server for it, as a browser never does. */
function isOurs(host: string): boolean {
  return isLoopbackHost(host) && !host.toLowerCase().endsWith(".localhost");
}
