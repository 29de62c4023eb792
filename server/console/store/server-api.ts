import type { z } from "zod";

import { AppError, type ErrorCode } from "../../../shared/errors.ts";
import { failureSchema, httpApi, type HttpRoute } from "../../../shared/http-api.ts";

type In<R extends HttpRoute> = z.input<(typeof httpApi)[R]["in"]>;
type Out<R extends HttpRoute> = z.output<(typeof httpApi)[R]["out"]>;

/** Rejects with `AppError`: the server's code, UNAVAILABLE without an answer, BAD_MESSAGE for one not in form. */
export type ServerApi = <R extends HttpRoute>(route: R, input: In<R>) => Promise<Out<R>>;

export function createServerApi(send: typeof fetch): ServerApi {
  return async function ask<R extends HttpRoute>(route: R, input: In<R>): Promise<Out<R>> {
    const [method = "", path = ""] = route.split(" ");
    const response = await reach(send, path, {
      method,
      cache: "no-store",
      ...(method === "GET"
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(input) }),
    });
    const body = await readJson(response);
    if (!response.ok) throw new AppError(codeOf(response, body), `${route}: refused`);
    if (!isOut(route, body))
      throw new AppError("BAD_MESSAGE", `${route}: the answer is not in form`);
    return body;
  };
}

function isOut<R extends HttpRoute>(route: R, body: unknown): body is Out<R> {
  return httpApi[route].out.safeParse(body).success;
}

async function reach(send: typeof fetch, path: string, init: RequestInit): Promise<Response> {
  try {
    return await send(path, init);
  } catch (cause) {
    throw new AppError("UNAVAILABLE", `${path}: no answer`, { cause });
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function codeOf(response: Response, body: unknown): ErrorCode {
  const failure = failureSchema.safeParse(body);
  if (failure.success) return failure.data.code;
  return response.status >= 500 ? "UNAVAILABLE" : "INTERNAL";
}

/** For the interface: only a code ever becomes words. A bug becomes INTERNAL. */
export function codeOfError(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : "INTERNAL";
}
