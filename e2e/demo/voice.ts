import path from "node:path";

import type { Beneficiary } from "../driver/beneficiary.ts";
import type { RunningBrowser } from "../driver/browser.ts";
import { earsOfAnybody } from "../driver/ears.ts";
import type { Helper } from "../driver/helper.ts";
import { answerMicrophone } from "../driver/microphone.ts";
import { connectTarget } from "../driver/target.ts";
import { createTemporaryFolder } from "../driver/temporary-folder.ts";
import { microphoneFlags } from "../driver/tone.ts";
import { writeWav } from "../driver/wav.ts";
import type { World } from "../driver/world.ts";
import type { Cleanup } from "./cleanup.ts";
import type { DemoVoice } from "./output.ts";

/** What the two hum at: low enough to be listened to for a while, and not to be taken for each other. */
export const VOICES_HZ = { beneficiary: 330, helper: 220 } as const;

const SECONDS = 3;
const SYLLABLES_PER_S = 4;
const LOUDNESS = 0.2;
/** Softer and softer above the pitch, as of a person who hums. */
const OVERTONES = [1, 0.4, 0.2] as const;
/** Of each breath, the part without a sound. */
const PAUSE_S = 0.5;

/** The two join by themselves, once the session is live. */
const VOICE_MS = 15_000;
const LISTEN_MS = 500;
/** Of what is played, well above silence: 0 to 1. */
const HEARD_RMS = 0.003;

interface Ends {
  beneficiary: Beneficiary;
  helper: Helper;
}

/** A person who hums: what a microphone of the demo hears, again and again. */
async function writeHum(file: string, hertz: number): Promise<void> {
  await writeWav(file, SECONDS, (time) => {
    if (time > SECONDS - PAUSE_S) return 0;
    const swell = Math.sin(Math.PI * ((time * SYLLABLES_PER_S) % 1)) ** 2;
    const sound = OVERTONES.reduce(
      (sum, loud, at) => sum + loud * Math.sin(2 * Math.PI * hertz * (at + 1) * time),
      0,
    );
    return LOUDNESS * swell * sound;
  });
}

/**
 * The flags of two browsers whose microphones hear a sound of their own. In windows too: nobody's
 * microphone is opened unasked, and nothing whistles between two loudspeakers.
 */
export async function makeVoices(
  cleanup: Cleanup,
): Promise<{ beneficiary: string[]; helper: string[] }> {
  const folder = await createTemporaryFolder("voices");
  cleanup.add(() => folder.remove());
  const files = {
    beneficiary: path.join(folder.path, "beneficiary.wav"),
    helper: path.join(folder.path, "helper.wav"),
  };
  await writeHum(files.beneficiary, VOICES_HZ.beneficiary);
  await writeHum(files.helper, VOICES_HZ.helper);
  return {
    beneficiary: microphoneFlags(files.beneficiary),
    helper: microphoneFlags(files.helper),
  };
}

export async function allowVoices(world: World, { beneficiary, helper }: Ends): Promise<void> {
  const extension = `chrome-extension://${beneficiary.extensionId}`;
  await answerMicrophone(beneficiary.browser, extension, "granted");
  await answerMicrophone(helper.browser, world.serverUrl, "granted");
}

async function hears(browser: RunningBrowser, isPlace: (url: string) => boolean): Promise<boolean> {
  const target = await connectTarget(browser.cdpUrl, isPlace);
  const deadline = Date.now() + VOICE_MS;
  try {
    while (Date.now() < deadline) {
      const { rms } = await (await earsOfAnybody(target)).listen(LISTEN_MS);
      if (rms > HEARD_RMS) return true;
    }
    return false;
  } finally {
    target.close();
  }
}

/** By the sound that arrives at each end, and not by what anybody says of it. */
export async function lookForVoice(
  { livekit, serverUrl }: World,
  { beneficiary, helper }: Ends,
): Promise<DemoVoice> {
  if (!livekit) return { on: false, reason: "there is no livekit-server here" };
  const [beneficiaryHears, helperHears] = await Promise.all([
    hears(beneficiary.browser, (url) => url.endsWith("/offscreen.html")),
    hears(helper.browser, (url) => url.startsWith(serverUrl)),
  ]);
  if (beneficiaryHears && helperHears) return { on: true };
  const deaf = [
    ...(beneficiaryHears ? [] : ["the beneficiary"]),
    ...(helperHears ? [] : ["the helper"]),
  ];
  return { on: false, reason: `${deaf.join(" and ")} did not hear the other in time` };
}
