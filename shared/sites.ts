import { z } from "zod";

/**
 * One exact https host, ASCII (punycode), lower case, without port: what a grant names.
 * Refuses IP literals and single labels; `docs/protocol.md` [G3].
 */
export const hostSchema = z
  .string()
  .max(253)
  .regex(
    /^(?=.*[a-z])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  )
  .brand("Host");
export type Host = z.infer<typeof hostSchema>;

/** The host that a grant could name for this URL; `undefined` for anything but https on its usual port. */
export function hostOf(url: string): Host | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.protocol !== "https:" || parsed.port !== "") return undefined;
  return hostSchema.safeParse(parsed.hostname).data;
}

/** The browser's match pattern for every page of one host. */
export function hostPattern(host: Host): string {
  return `https://${host}/*`;
}
