const DIGITS = 8;

/**
 * Eight digits in two groups of four, while they are typed or pasted; anything else stays as it
 * is. Only what is added at the end is grouped, so that the caret stays where the person put it.
 */
export function formatInvitation(before: string, typed: string): string {
  const digits = typed.replaceAll(/[\s.\-–]/g, "");
  if (!/^\d+$/.test(digits) || digits.length > DIGITS) return typed;
  if (digits.length < 5) return typed.length < before.length ? typed : digits;
  const added = digits.startsWith(before.replaceAll(/\D/g, "")) && typed.length > before.length;
  return added ? `${digits.slice(0, 4)} ${digits.slice(4)}` : typed;
}
