import { Hono } from "hono";

import type { ErrorCode } from "../../shared/errors.ts";
import { LOST_PATH, readLostCode } from "../../shared/lost/lost-link.ts";
import { publishWords } from "../bus/word.ts";
import type { Context } from "../context.ts";
import type { AppEnv } from "../http/app-env.ts";
import { codeOf } from "../http/error-handler.ts";
import { plainCsp } from "../http/plain-page.ts";
import { errorFields } from "../log.ts";
import { reportLost } from "./lost-links.ts";
import { lostAnswerPage, lostPage, type LostAnswer } from "./lost-page.ts";

/**
 * [E5] GET shows, POST acts: a preview of the address changes nothing. The address itself is the
 * proof, so it does not matter from which page the form comes.
 */
export function lostRoutes(ctx: Context) {
  const routes = new Hono<AppEnv>();
  routes.get(`${LOST_PATH}:code`, (c) => {
    c.header("Content-Security-Policy", plainCsp({ form: true }));
    c.header("Vary", "Accept-Language");
    return c.html(lostPage(c.req.header("accept-language")));
  });
  routes.post(`${LOST_PATH}:code`, async (c) => {
    c.header("Content-Security-Policy", plainCsp());
    const language = c.req.header("accept-language");
    try {
      const code = readLostCode(c.req.param("code"));
      await publishWords(ctx, await reportLost(ctx, code, c.get("address")));
      return c.html(lostAnswerPage(language, "done"));
    } catch (error) {
      const answer = ANSWERS.get(codeOf(error)) ?? "failed";
      if (answer === "failed")
        ctx.log.error({ request: c.get("request"), ...errorFields(error) }, "a request failed");
      return c.html(lostAnswerPage(language, answer), STATUS[answer]);
    }
  });
  return routes;
}

const ANSWERS: ReadonlyMap<ErrorCode, Exclude<LostAnswer, "done">> = new Map([
  ["NOT_FOUND", "unknown"],
  ["TOO_MANY", "tooMany"],
] as const);
const STATUS = { unknown: 404, tooMany: 429, failed: 503 } as const;
