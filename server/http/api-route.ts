import type { Context as HonoContext, Hono } from "hono";
import type { z } from "zod";

import { AppError } from "../../shared/errors.ts";
import { httpApi, type HttpRoute } from "../../shared/http-api.ts";
import type { AppEnv } from "./app-env.ts";
import { readText } from "./read-text.ts";
import type { SignInOf } from "./signed-in.ts";

const MAX_BODY_BYTES = 16 * 1024;

type In<R extends HttpRoute> = z.output<(typeof httpApi)[R]["in"]>;
type Out<R extends HttpRoute> = z.input<(typeof httpApi)[R]["out"]>;

/** Ties each route to its own two schemas. */
const api: { [R in HttpRoute]: { in: z.ZodType<In<R>>; out: z.ZodType<unknown, Out<R>> } } =
  httpApi;

/** By which sign-in a request comes, and from where, for limits. */
export interface Origin {
  signIn: string;
  address: string;
}

/** Mounts routes of `shared/http-api.ts` for whoever is signed in: what goes in and out is parsed. */
export function accountApi(routes: Hono<AppEnv>, signInOf: SignInOf) {
  return function mount<R extends HttpRoute>(
    route: R,
    answer: (account: string, input: In<R>, from: Origin) => Promise<Out<R>>,
  ): void {
    const [method, path] = splitRoute(route);
    routes.on(method, path, async (c) => {
      const signedIn = await signInOf(c.req.raw.headers);
      if (!signedIn) throw new AppError("UNPROVED", "nobody is signed in");
      const from = { signIn: signedIn.id, address: c.get("address") };
      return Response.json(await run(c, route, (input) => answer(signedIn.account, input, from)));
    });
  };
}

/** As `accountApi`, for a route of whoever holds a link, signed in or not. `address`: where from, for limits. */
export function openApi(routes: Hono<AppEnv>) {
  return function mount<R extends HttpRoute>(
    route: R,
    answer: (address: string, input: In<R>) => Promise<Out<R>>,
  ): void {
    const [method, path] = splitRoute(route);
    routes.on(method, path, async (c) =>
      Response.json(await run(c, route, (input) => answer(c.get("address"), input))),
    );
  };
}

async function run<R extends HttpRoute>(
  c: HonoContext<AppEnv>,
  route: R,
  answer: (input: In<R>) => Promise<Out<R>>,
): Promise<unknown> {
  const input = api[route].in.safeParse(c.req.method === "GET" ? {} : await readBody(c));
  if (!input.success) throw new AppError("BAD_MESSAGE", "body: not in form");
  return api[route].out.parse(await answer(input.data));
}

/** "GET /api/account" → method and path. */
function splitRoute(route: HttpRoute): [string, string] {
  const [method = "", path = ""] = route.split(" ");
  return [method, path];
}

async function readBody(c: HonoContext<AppEnv>): Promise<unknown> {
  if (!/^application\/json\b/.test(c.req.header("content-type") ?? ""))
    throw new AppError("BAD_MESSAGE", "body: not JSON");
  const text = await readText(c.req.raw, MAX_BODY_BYTES);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("BAD_MESSAGE", "body: not JSON", { cause });
  }
}
