/** Whether a Host header names this origin: without regard to case, and with or without its usual port. */
export function isHostOf(host: string | undefined, origin: string): boolean {
  const url = new URL(origin);
  const usual = url.protocol === "https:" ? /:443$/ : /:80$/;
  return host?.toLowerCase().replace(usual, "") === url.host;
}
