import { expect } from "@playwright/test";

import { PROOF_LINK } from "../../shared/http-api.ts";
import type { World } from "./world.ts";

const KINDS = {
  signIn: /https?:\/\/\S+\/magic-link\/\S+/g,
  proof: new RegExp(String.raw`https?://\S+${PROOF_LINK.replace("?", String.raw`\?`)}\S+`, "g"),
} as const;

/** What the server prints in development, where there is no mail: the link that `ask` makes it send. */
export async function mailedLink(
  world: World,
  kind: keyof typeof KINDS,
  ask: () => Promise<void>,
): Promise<string> {
  const links = () => world.server.log().match(KINDS[kind]) ?? [];
  const known = links().length;
  await ask();
  await expect.poll(() => links().length).toBe(known + 1);
  return links().at(-1) ?? "";
}
