import type { z } from "zod";

/**
 * Request and answer between two of our own contexts over `runtime.sendMessage`, which reaches
 * every one of them: each message says whom it is for. Both sides parse.
 */
export type CallTable = Record<string, { in: z.ZodType; out: z.ZodType }>;
export type Calls<T extends CallTable> = {
  [Name in keyof T]: (input: z.infer<T[Name]["in"]>) => Promise<z.infer<T[Name]["out"]>>;
};
export type Target = "background" | "host";

/** What the runtime tells about who spoke; `fromUs` is false for a content script. */
export type Speaker = { fromUs: boolean };
export type Answer = { ok: true; value: unknown } | { ok: false };
/** The runtime's own `sendMessage` and `onMessage`; a listener answers `undefined` for what is not its own. */
export type Bus = {
  send(message: unknown): Promise<unknown>;
  listen(listener: (message: unknown, from: Speaker) => Promise<Answer> | undefined): void;
};

type Envelope = { to: Target; call: string; input: unknown };

function isEnvelope(message: unknown): message is Envelope {
  return (
    typeof message === "object" &&
    message !== null &&
    "to" in message &&
    "call" in message &&
    typeof message.call === "string" &&
    "input" in message
  );
}

function isAnswer(answer: unknown): answer is Answer {
  return typeof answer === "object" && answer !== null && "ok" in answer;
}

/** Rejects when nobody answers, or when the other side's work failed. */
export function createCaller<T extends CallTable>(bus: Bus, to: Target, table: T): Calls<T> {
  const entries = Object.entries(table).map(([call, { in: input, out }]) => [
    call,
    async (value: unknown) => {
      const answer = await bus.send({ to, call, input: input.parse(value) } satisfies Envelope);
      if (!isAnswer(answer) || !answer.ok) throw new Error(`no answer to ${call}`);
      return out.parse(answer.value);
    },
  ]);
  // Each entry was made from the table's own row, so its input and output are that row's.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(entries) as Calls<T>;
}

export function answerCalls<T extends CallTable>(
  bus: Bus,
  me: Target,
  table: T,
  work: Calls<T>,
  failed: (call: string, error: unknown) => void,
): void {
  bus.listen((message, from) => {
    if (!isEnvelope(message) || message.to !== me || !from.fromUs) return undefined;
    const row = Object.hasOwn(table, message.call) ? table[message.call] : undefined;
    // `work` has a verb for each row, and takes what that row's schema lets through.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const verb = work[message.call] as ((input: unknown) => Promise<unknown>) | undefined;
    if (!row || !verb) return undefined;
    return run(message.call, () => verb(row.in.parse(message.input)), failed);
  });
}

async function run(
  call: string,
  verb: () => Promise<unknown>,
  failed: (call: string, error: unknown) => void,
): Promise<Answer> {
  try {
    return { ok: true, value: (await verb()) ?? null };
  } catch (error) {
    failed(call, error);
    return { ok: false };
  }
}
