/** On: each of the two hears the other. */
export type DemoVoice = { on: true } | { on: false; reason: string };

export interface Ready {
  ready: true;
  beneficiary: { cdp: string; targetId: string; pageUrl: string; extensionId: string };
  helper: { cdp: string; targetId: string; consoleUrl: string; mirrorPath: readonly string[] };
  server: { url: string };
  voice: DemoVoice;
}

export type DemoLine =
  | Ready
  | { ready: false; error: { code: string; message: string } }
  | { ended: string };

/** What colours a terminal, and would only disturb a program. */
// oxlint-disable-next-line no-control-regex -- they are control characters
const COLOURS = /\u001B\[[\d;]*m/g;

const MESSAGE_MAX = 500;

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Standard output holds nothing but these lines when they are asked for; people read standard error. */
export function createOutput(json: boolean) {
  function line(one: DemoLine): void {
    if (json) process.stdout.write(`${JSON.stringify(one)}\n`);
  }
  return {
    line,
    say,
    fail(code: string, text: string): void {
      // After this come the browser's own lines, which are for people.
      const [told = ""] = text.replaceAll(COLOURS, "").split(/\n(?:Call|Browser) log/);
      const message = told.replaceAll(/\s+/g, " ").trim().slice(0, MESSAGE_MAX);
      line({ ready: false, error: { code, message } });
      say(text);
    },
  };
}
