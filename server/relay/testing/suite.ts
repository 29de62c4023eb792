import { afterAll, beforeAll } from "vitest";

import { AppError, type ErrorCode } from "../../../shared/errors.ts";
import type { OpenDatabase } from "../../db/client.ts";
import type { TestDatabase } from "../../db/testing.ts";
import { startTestServer, type TestServer } from "./server.ts";

/** A server of its own for the suite that calls this, on its kind of database. */
export function useServer(
  kind: TestDatabase,
  node?: Parameters<typeof startTestServer>[1],
): { readonly server: TestServer } {
  let opened: OpenDatabase | undefined;
  let server: TestServer | undefined;
  beforeAll(async () => {
    opened = await kind.open();
    server = await startTestServer(opened.db, node);
  }, 60_000);
  afterAll(async () => {
    await server?.drain();
    await opened?.close();
  });
  return {
    get server() {
      if (!server) throw new Error("the suite has not begun");
      return server;
    },
  };
}

/** The codes with which all of these fail, in order; "done" for one that does not. */
export async function codesOf(
  ...asked: Promise<unknown>[]
): Promise<(ErrorCode | "done" | "other")[]> {
  const results = await Promise.allSettled(asked);
  return results.map((result) => {
    if (result.status === "fulfilled") return "done";
    return result.reason instanceof AppError ? result.reason.code : "other";
  });
}

export async function codeOf(asked: Promise<unknown>): Promise<string | undefined> {
  return (await codesOf(asked))[0];
}
