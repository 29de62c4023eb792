import { type Host, hostOf } from "../../../shared/sites.ts";

/** A host as it was typed, or the host of a pasted https address; `undefined` for anything else. */
export function hostOfText(text: string): Host | undefined {
  const trimmed = text.trim();
  if (/[\s@]/.test(trimmed)) return undefined;
  return hostOf(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
}
