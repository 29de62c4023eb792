import { goLive } from "./driver/bring-live.ts";
import { type Ears, earsOfPage, earsOfTarget, HEARD_AGAIN_MS } from "./driver/ears.ts";
import { type RunningLiveKit, whyNoLiveKit } from "./driver/livekit.ts";
import {
  launchMediaClients,
  type MediaClient,
  type MediaClients,
  tokenFor,
} from "./driver/media-client.ts";
import { writeTone } from "./driver/tone.ts";
import { createVoicePair, HEARD, type VoicePair } from "./driver/voice-pair.ts";
import { expect, test } from "./fixtures.ts";
import { WWW } from "./site/hosts.ts";

const BENEFICIARY_HZ = 440;
const HELPER_HZ = 1_000;
/** No multiple of theirs. */
const STRANGER_HZ = 2_300;
const TONES = [BENEFICIARY_HZ, HELPER_HZ, STRANGER_HZ] as const;
/** Decibels above what is around it: from there on a tone is heard. Noise has half of that. */
const TONE_DB = 20;
const PACKETS_PER_S = 40;

/**
 * Somebody else is in the room, with a token that LiveKit takes: as if its operator let them in. The
 * room has place for three, and our server hears nothing of them, so that nobody expels them.
 */
test.describe.configure({ mode: "serial" });

let pair: VoicePair;
let livekit: RunningLiveKit;
let clients: MediaClients;
let stranger: MediaClient;
let room: string;
let beneficiaryHears: Ears;
let helperHears: Ears;

const reason = await whyNoLiveKit();
test.skip(reason !== undefined, reason);

test.beforeAll(async ({ site }) => {
  test.setTimeout(180_000);
  pair = await createVoicePair({
    site,
    url: `https://${WWW}/`,
    beneficiaryHears: (file) => writeTone(file, BENEFICIARY_HZ),
    helperHears: (file) => writeTone(file, HELPER_HZ),
    livekit: { maxParticipants: 3, isDeaf: true },
  });
  const { world, host, two } = pair;
  if (!world.livekit) throw new Error("no livekit-server");
  livekit = world.livekit;
  clients = await launchMediaClients(world.chromium, livekit);
  beneficiaryHears = earsOfTarget((expression) => host.evaluate(expression));
  helperHears = earsOfPage(two.helper.page);
  await goLive(pair, { first: true });
  await expect(pair.desk.voiceLine()).toContainText(HEARD, { timeout: 30_000 });
  const rooms = await livekit.rooms();
  expect(rooms.map(({ maxParticipants }) => maxParticipants)).toEqual([3]);
  room = rooms[0]?.name ?? "";
});

test.afterAll(async () => {
  await clients?.close();
  await pair?.close();
});

/** Which of the tones are in what somebody plays, and on how many tracks it came. */
async function tonesIn(ears: Ears): Promise<{ tracks: number; tones: number[] }> {
  const { tracks, standOut } = await ears.listen(3_000, TONES);
  return { tracks, tones: TONES.filter((_, at) => (standOut[at] ?? 0) > TONE_DB) };
}

async function intrudeAs(identity: string): Promise<MediaClient> {
  const client = await clients.create();
  await client.join(await tokenFor(livekit, room, identity));
  return client;
}

/** What is said in clear is there for whoever takes it. */
async function strangerHearsClearTone(): Promise<void> {
  await expect
    .poll(async () => (await tonesIn(stranger.ears)).tones, { timeout: 20_000 })
    .toEqual([STRANGER_HZ]);
}

async function eachHearsTheOtherAlone(): Promise<void> {
  const heard = await Promise.all([tonesIn(beneficiaryHears), tonesIn(helperHears)]);
  expect(heard).toEqual([
    { tracks: 1, tones: [HELPER_HZ] },
    { tracks: 1, tones: [BENEFICIARY_HZ] },
  ]);
}

test("[A5] a third one with a valid token and no key gets the packets of both, and no tone", async () => {
  await eachHearsTheOtherAlone();
  stranger = await intrudeAs("stranger");
  await expect.poll(async () => (await stranger.ears.listen(500)).tracks).toBe(2);
  const heard = await stranger.ears.listen(3_000, TONES);
  expect(heard.packets).toBeGreaterThan(2 * 3 * PACKETS_PER_S);
  for (const level of heard.standOut) expect(level, JSON.stringify(heard)).toBeLessThan(TONE_DB);
});

test("[A5] what the third one says in clear is heard by neither", async () => {
  await stranger.say(STRANGER_HZ);
  await expect.poll(async () => (await stranger.packets()).sent).toBeGreaterThan(PACKETS_PER_S);
  await eachHearsTheOtherAlone();
  await expect(pair.desk.voiceLine()).toContainText(HEARD);
});

test("[A5] nor is what somebody says in clear under the other end's name", async () => {
  const { desk } = pair;
  const asHelper = await intrudeAs("helper");
  await asHelper.say(STRANGER_HZ);
  await strangerHearsClearTone();
  expect(await tonesIn(beneficiaryHears)).toEqual({ tracks: 0, tones: [] });

  // The helper comes back, and is the helper again.
  await desk.page.reload();
  await desk.live();
  await expect(pair.desk.voiceLine()).toContainText(HEARD, { timeout: 30_000 });
  await expect.poll(() => asHelper.isInside()).toBe(false);
  await expect(eachHearsTheOtherAlone).toPass({ timeout: HEARD_AGAIN_MS });

  const asBeneficiary = await intrudeAs("beneficiary");
  await asBeneficiary.say(STRANGER_HZ);
  await strangerHearsClearTone();
  expect(await tonesIn(helperHears)).toEqual({ tracks: 0, tones: [] });
  await expect(desk.status()).toHaveText("En direct");
});
