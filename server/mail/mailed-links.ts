import { countAttempt } from "../attempts.ts";
import type { Context } from "../context.ts";

/** How long a link in a mail can be opened. The mails say so in words. */
export const LINK_MS = 15 * 60_000;

/** To one address in 10 minutes, whoever asks and for what: nobody's letter box is filled by us. */
const MAILS = 5;

/** Counts a mail that somebody asked us to send, and throws `AppError` TOO_MANY above the limit. */
export async function countMail(ctx: Context, address: string): Promise<void> {
  await countAttempt(ctx, `mail\n${address.toLowerCase()}`, MAILS);
}
