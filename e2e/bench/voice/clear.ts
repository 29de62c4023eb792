import { setTimeout as delay } from "node:timers/promises";

import { goLive } from "../../driver/bring-live.ts";
import { answerMicrophone } from "../../driver/microphone.ts";
import { createVoicePair, HEARD } from "../../driver/voice-pair.ts";
import type { Site } from "../../site/server.ts";
import { type End, endOfPage, type Way, watchVoices } from "./ends.ts";
import { NOTE_JOIN, parseJoin, READ_JOIN } from "./listen.ts";
import { connectPeers } from "./peer.ts";
import { writeSyllables } from "./syllables.ts";

const WATCH_MS = 15_000;
const SETTLE_MS = 3_000;
const JOIN_MS = 30_000;

export interface Clear {
  join: number;
  up: Way;
  down: Way;
}

async function joinOf(end: End): Promise<number> {
  const deadline = Date.now() + JOIN_MS;
  while (Date.now() < deadline) {
    const ms = parseJoin(await end(READ_JOIN));
    if (ms !== undefined) return ms;
    await delay(100);
  }
  throw new Error("nothing was heard");
}

/** Without a line between them: ours, and then plain WebRTC between the same two browsers. */
export async function measureClear(
  site: Site,
  url: string,
): Promise<{ ours: Clear; plain: Clear }> {
  const pair = await createVoicePair({
    site,
    url,
    beneficiaryHears: (file) => writeSyllables(file, 1),
    helperHears: (file) => writeSyllables(file, 2),
  });
  try {
    const { beneficiary, helper } = pair.two;
    const host: End = (expression) => pair.host.evaluate(expression);
    const desk = endOfPage(helper.page);
    await Promise.all([host(NOTE_JOIN), desk(NOTE_JOIN)]);
    await goLive(pair, { first: true, waits: true });
    await pair.desk.voiceLine().filter({ hasText: HEARD }).waitFor();
    const join = Math.max(await joinOf(host), await joinOf(desk));
    await delay(SETTLE_MS);
    const ours = { join, ...(await watchVoices(host, desk, WATCH_MS)) };
    await pair.panel.stop();
    await pair.panel.over();

    const { serverUrl } = pair.world;
    await answerMicrophone(beneficiary.browser, serverUrl, "granted");
    const one = beneficiary.tab;
    await Promise.all([one.goto(serverUrl), helper.page.goto(serverUrl)]);
    await connectPeers(one, helper.page);
    const ends = [endOfPage(one), desk] as const;
    const plainJoin = Math.max(...(await Promise.all(ends.map(joinOf))));
    await delay(SETTLE_MS);
    return { ours, plain: { join: plainJoin, ...(await watchVoices(...ends, WATCH_MS)) } };
  } finally {
    await pair.close();
  }
}
