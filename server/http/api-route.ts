import type { Context as HonoContext, Hono } from "hono";
import type { z } from "zod";

import { AppError } from "../../shared/errors.ts";
import { httpApi, type HttpRoute } from "../../shared/http-api.ts";
import type { AppEnv } from "./app-env.ts";
import type { AccountOf } from "./signed-in.ts";

const MAX_BODY_BYTES = 16 * 1024;

type In<R extends HttpRoute> = z.output<(typeof httpApi)[R]["in"]>;
type Out<R extends HttpRoute> = z.input<(typeof httpApi)[R]["out"]>;

/** Ties each route to its own two schemas. */
const api: { [R in HttpRoute]: { in: z.ZodType<In<R>>; out: z.ZodType<unknown, Out<R>> } } =
  httpApi;

/** Mounts routes of `shared/http-api.ts` for whoever is signed in: what goes in and out is parsed. */
export function accountApi(routes: Hono<AppEnv>, accountOf: AccountOf) {
  return function mount<R extends HttpRoute>(
    route: R,
    answer: (account: string, input: In<R>) => Promise<Out<R>>,
  ): void {
    const [method, path] = splitRoute(route);
    routes.on(method, path, async (c) => {
      const account = await accountOf(c.req.raw.headers);
      if (account === undefined) throw new AppError("UNPROVED", "nobody is signed in");
      const input = api[route].in.safeParse(method === "GET" ? {} : await readBody(c));
      if (!input.success) throw new AppError("BAD_MESSAGE", "body: not in form");
      const output = await answer(account, input.data);
      return Response.json(api[route].out.parse(output));
    });
  };
}

/** "GET /api/account" → method and path. */
function splitRoute(route: HttpRoute): [string, string] {
  const [method = "", path = ""] = route.split(" ");
  return [method, path];
}

async function readBody(c: HonoContext<AppEnv>): Promise<unknown> {
  if (!/^application\/json\b/.test(c.req.header("content-type") ?? ""))
    throw new AppError("BAD_MESSAGE", "body: not JSON");
  const reader = c.req.raw.body?.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let length = 0;
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      length += part.value.length;
      if (length > MAX_BODY_BYTES) throw new AppError("TOO_LARGE", "body: above 16 KiB");
      text += decoder.decode(part.value, { stream: true });
    }
    return JSON.parse(text + decoder.decode());
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("BAD_MESSAGE", "body: not JSON", { cause });
  }
}
