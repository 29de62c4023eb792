import { words } from "./words.ts";

/**
 * The origin that a variable holds, or nothing where it is not set. What is none ends the process
 * with one sentence: a build tool would print a stack, and cut a path off without a word.
 */
export function readOrigin(name: string, protocols: RegExp, example: string): string | undefined {
  const text = process.env[name];
  if (!text) return undefined;
  const url = URL.parse(text);
  if (url && protocols.test(url.protocol) && url.href === `${url.protocol}//${url.host}/`)
    return `${url.protocol}//${url.host}`;
  process.stderr.write(`${words.notAnOrigin(name, example)}\n`);
  return process.exit(1);
}
