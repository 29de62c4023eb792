/** `localhost`, a name below it, or an address of the machine itself. */
export function isLoopbackUrl(url: string): boolean {
  return isLoopbackHost(new URL(url).host);
}

/** With or without a port; an IPv6 address with its brackets, or alone without them. */
export function isLoopbackHost(host: string): boolean {
  const name = /^(?:(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?|::1)$/;
  return name.test(host.toLowerCase());
}
