import path from "node:path";

import type { Site } from "../site/server.ts";
import { beneficiaryOptions } from "./beneficiary-options.ts";
import { launchBeneficiary } from "./beneficiary.ts";
import { NAMES, type Pair, pairByLink } from "./bring-live.ts";
import { KEEP_CONNECTIONS } from "./ears.ts";
import { launchTestHelper, type Two } from "./launch-pair.ts";
import { answerMicrophone } from "./microphone.ts";
import type { WayOptions } from "./shaping/line.ts";
import { type ShapedServer, shapeServer } from "./shaping/shaped-server.ts";
import { connectTarget, type Target } from "./target.ts";
import { createTemporaryFolder } from "./temporary-folder.ts";
import { microphoneFlags } from "./tone.ts";
import { createWorld, type VoiceOptions, type World } from "./world.ts";

export interface VoicePair extends Pair {
  world: World;
  two: Two;
  /** Only with a line. */
  shaped: ShapedServer | undefined;
  /** The document in which the beneficiary's voice is; its connections are kept. */
  host: Target;
  close(): Promise<void>;
}

/** Makes the file that a microphone hears. */
type Recording = (file: string) => Promise<void>;

/**
 * Two browsers that know each other, each with a microphone of its own that is allowed, and a voice
 * server; nobody has called yet. With a line, all that the beneficiary's browser does crosses it.
 */
export async function createVoicePair(options: {
  site: Site;
  url: string;
  beneficiaryHears: Recording;
  /** Without one, the helper's computer has no microphone. */
  helperHears?: Recording;
  line?: { up: WayOptions; down: WayOptions };
  livekit?: VoiceOptions;
}): Promise<VoicePair> {
  const { site } = options;
  const cleanups: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  };
  try {
    const folder = await createTemporaryFolder("voices");
    cleanups.push(() => folder.remove());
    const files = {
      beneficiary: path.join(folder.path, "beneficiary.wav"),
      helper: path.join(folder.path, "helper.wav"),
    };
    await options.beneficiaryHears(files.beneficiary);
    await options.helperHears?.(files.helper);

    const world = await createWorld(
      {},
      { iceLite: options.line !== undefined, ...options.livekit },
    );
    cleanups.push(() => world.close());
    const { livekit } = world;
    if (!livekit) throw new Error("no livekit-server");
    const serverPort = Number(new URL(world.serverUrl).port);
    const shaped = options.line && (await shapeServer({ line: options.line, serverPort, livekit }));
    if (shaped) cleanups.push(() => shaped.close());

    const [beneficiary, helper] = await Promise.all([
      launchBeneficiary({
        ...beneficiaryOptions(world, site),
        flags: microphoneFlags(files.beneficiary),
        ...(shaped ? { ports: shaped.ports } : {}),
      }),
      launchTestHelper(world, { flags: options.helperHears ? microphoneFlags(files.helper) : [] }),
    ]);
    const closeTwo = async () => {
      await Promise.all([beneficiary.close(), helper.close()]);
    };
    cleanups.push(closeTwo);
    await helper.page.addInitScript(KEEP_CONNECTIONS);
    const extension = `chrome-extension://${beneficiary.extensionId}`;
    await answerMicrophone(beneficiary.browser, extension, "granted");
    await answerMicrophone(helper.browser, world.serverUrl, "granted");
    await beneficiary.tab.goto(options.url);
    const pair = await pairByLink(beneficiary, helper, world.serverUrl);
    const host = await connectTarget(beneficiary.browser.cdpUrl, (url) =>
      url.endsWith("/offscreen.html"),
    );
    cleanups.push(async () => host.close());
    await host.evaluate(KEEP_CONNECTIONS);
    return { ...pair, world, two: { beneficiary, helper, close: closeTwo }, shaped, host, close };
  } catch (error) {
    await close();
    throw error;
  }
}

export const HEARD = `${NAMES.beneficiary} vous entend`;
