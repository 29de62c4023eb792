import { AppError } from "../../shared/errors.ts";
import type { Unsubscribe } from "../bus/bus.ts";
import { parseWord, signInTopic } from "../bus/word.ts";
import type { Context } from "../context.ts";
import { errorFields } from "../log.ts";
import { findSignInsInForce } from "../people/sign-ins.ts";

/**
 * [C5] Calls back when this sign-in ends, on whichever node. Throws `AppError` UNPROVED when it has
 * ended since the upgrade: that word has passed by unheard.
 */
export async function watchSignIn(
  ctx: Context,
  signIn: string,
  onOver: () => void,
): Promise<Unsubscribe> {
  const stop = await ctx.bus.subscribe(signInTopic(signIn), (payload) => {
    try {
      if (parseWord(payload).to === "sign-in") onOver();
    } catch (error) {
      ctx.log.warn(errorFields(error), "a word of the bus is not in form");
    }
  });
  if ((await findSignInsInForce(ctx, [signIn])).has(signIn)) return stop;
  await stop();
  throw new AppError("UNPROVED", "sign-in: over");
}
