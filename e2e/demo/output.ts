export interface Ready {
  ready: true;
  beneficiary: { cdp: string; targetId: string; pageUrl: string; extensionId: string };
  helper: { cdp: string; targetId: string; consoleUrl: string; mirrorPath: readonly string[] };
  server: { url: string };
  voice: { on: boolean; reason: string };
}

export type DemoLine =
  | Ready
  | { ready: false; error: { code: string; message: string } }
  | { ended: string };

/** Standard output holds nothing but these lines when they are asked for; people read standard error. */
export function createOutput(json: boolean) {
  return {
    line(line: DemoLine): void {
      if (json) process.stdout.write(`${JSON.stringify(line)}\n`);
    },
    say(text: string): void {
      process.stderr.write(`${text}\n`);
    },
  };
}
