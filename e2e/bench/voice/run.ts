import { whyNoLiveKit } from "../../driver/livekit.ts";
import type { Site } from "../../site/server.ts";
import { compare, type Measure, percentile } from "../statistics.ts";
import { measureClear } from "./clear.ts";
import type { Way } from "./ends.ts";
import { measurePoor, type Pages } from "./poor.ts";

const PEER = "WebRTC alone, without server";
const ALONE = "the same without voice";
const QUIET = "the same with a still page";
const SHARES = [0.5, 0.95];

function shares(
  name: string,
  ours: readonly number[],
  theirs: readonly number[],
  against: string,
): Measure[] {
  if (ours.length === 0 || theirs.length === 0) return [];
  return SHARES.map((share) =>
    compare(`${name}, p${share * 100}`, "ms", percentile(ours, share), {
      name: against,
      value: percentile(theirs, share),
    }),
  );
}

function gaps(name: string, busy: Way, quiet: Way): Measure[] {
  return [
    compare(`${name}: packets lost or late`, "%", busy.missing, {
      name: QUIET,
      value: quiet.missing,
    }),
    compare(`${name}: sound made up`, "%", busy.madeUp, { name: QUIET, value: quiet.madeUp }),
  ];
}

/** On this machine, and on a line of 1 Mbit/s up, 200 ms and 2 % loss. */
export async function measureVoice(
  site: Site,
  pages: Pages,
  say: (text: string) => void,
): Promise<Measure[]> {
  const missing = await whyNoLiveKit();
  if (missing !== undefined) {
    say(`voice: not measured: ${missing}`);
    return [];
  }
  say("voice: ours, and WebRTC alone");
  const { ours, plain } = await measureClear(site, pages.home);
  say("voice: on a poor line");
  const { alone, beside, busy, quiet } = await measurePoor(site, pages);
  const key = "poor line with voice, keystroke to its effect";
  const page = "poor line with voice, a page of 20,000 nodes to the mirror";
  return [
    compare("voice: token to first sound, the later end", "ms", ours.join, {
      name: PEER,
      value: plain.join,
    }),
    ...shares("voice: mouth to ear, to the helper", ours.up.delays, plain.up.delays, PEER),
    ...shares("voice: mouth to ear, to the beneficiary", ours.down.delays, plain.down.delays, PEER),
    ...shares(key, beside.typing, alone.typing, ALONE),
    compare(page, "ms", beside.large, { name: ALONE, value: alone.large }),
    ...shares(
      "poor line with such a page, mouth to ear up",
      busy.up.delays,
      quiet.up.delays,
      QUIET,
    ),
    ...gaps("poor line with such a page, voice up", busy.up, quiet.up),
    ...gaps("poor line with such a page, voice down", busy.down, quiet.down),
  ];
}
