import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import { WebSocket } from "ws";
import { z } from "zod";

const FIND_MS = 10_000;

const targetsSchema = z.array(z.object({ url: z.string(), webSocketDebuggerUrl: z.url() }));
const answerSchema = z.object({ id: z.number().optional(), result: z.unknown() });
const evaluatedSchema = z.object({
  result: z.object({ value: z.unknown() }).optional(),
  exceptionDetails: z.unknown().optional(),
});

export interface Target {
  /** A command of the browser's inspector. */
  send(method: string, params: object): Promise<unknown>;
  /** Throws what the expression throws. */
  evaluate(expression: string): Promise<unknown>;
  close(): void;
}

async function findTarget(cdpUrl: string, wanted: (url: string) => boolean): Promise<string> {
  const deadline = Date.now() + FIND_MS;
  for (;;) {
    const answer = await fetch(`${cdpUrl}/json/list`);
    const found = targetsSchema.parse(await answer.json()).find(({ url }) => wanted(url));
    if (found) return found.webSocketDebuggerUrl;
    if (Date.now() > deadline) throw new Error("no such target");
    await delay(100);
  }
}

/** For what Playwright does not list among its pages, such as an offscreen document. */
export async function connectTarget(
  cdpUrl: string,
  wanted: (url: string) => boolean,
): Promise<Target> {
  const socket = new WebSocket(await findTarget(cdpUrl, wanted));
  await once(socket, "open");
  const waiting = new Map<number, (answer: z.infer<typeof answerSchema>) => void>();
  let last = 0;
  socket.on("message", (data: Buffer) => {
    const answer = answerSchema.parse(JSON.parse(data.toString()));
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  async function send(method: string, params: object): Promise<unknown> {
    last += 1;
    const id = last;
    const answered = new Promise<z.infer<typeof answerSchema>>((resolve) => {
      waiting.set(id, resolve);
    });
    socket.send(JSON.stringify({ id, method, params }));
    const { result } = await answered;
    waiting.delete(id);
    return result;
  }

  return {
    send,
    evaluate: async (expression) => {
      const params = { expression, awaitPromise: true, returnByValue: true };
      const answer = evaluatedSchema.safeParse(await send("Runtime.evaluate", params)).data;
      if (answer?.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails));
      return answer?.result?.value;
    },
    close: () => socket.close(),
  };
}
