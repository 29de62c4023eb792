/** A browser may leave the question open for ever. */
const CAPTURE_MS = 10_000;
/** A person who was asked may take their time. */
const ASK_MS = 120_000;

export type MicrophoneAccess = "granted" | "unasked" | "refused";
export type Capture = { track: MediaStreamTrack } | { failure: "refused" | "none" };

/** A yes on this page, which a browser that was told not to remember it does not say again. */
let isAllowedHere = false;

/** Asks nobody anything. */
export async function microphoneAccess(): Promise<MicrophoneAccess> {
  const state = (await findPermission())?.state;
  if (state === "denied") return "refused";
  return state === "granted" || isAllowedHere ? "granted" : "unasked";
}

/** Opens a microphone that was allowed before. One that has gone falls back to the browser's choice. */
export async function openMicrophone(id?: string): Promise<Capture> {
  const opened = await open(id, CAPTURE_MS);
  if ("failure" in opened && opened.failure === "refused") isAllowedHere = false;
  return opened;
}

/** The browser asks the person: from a gesture, in a tab. The caller stops the track. */
export async function askMicrophone(): Promise<Capture> {
  const asked = await open(undefined, ASK_MS);
  isAllowedHere = "track" in asked;
  return asked;
}

/** Not every browser knows this permission by name. */
async function findPermission(): Promise<PermissionStatus | undefined> {
  try {
    return await navigator.permissions.query({ name: "microphone" });
  } catch {
    return undefined;
  }
}

async function open(id: string | undefined, ms: number): Promise<Capture> {
  try {
    return { track: await capture(id, ms) };
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") return { failure: "refused" };
    return { failure: "none" };
  }
}

async function capture(id: string | undefined, ms: number): Promise<MediaStreamTrack> {
  const asked = id ? takeUp(id).catch(orAnother) : takeUp();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException("no answer", "NotAllowedError")), ms);
  });
  // An answer that comes too late must not leave the microphone open.
  late.catch(() => asked.then(stopAll).catch(() => undefined));
  const stream = await Promise.race([asked, late]).finally(() => clearTimeout(timer));
  const [track] = stream.getAudioTracks();
  if (!track) throw new DOMException("no audio track", "NotFoundError");
  return track;
}

/** This very one: of a mere wish for it, Chrome makes the one that its own settings name. */
function takeUp(id?: string): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: {
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      ...(id ? { deviceId: { exact: id } } : {}),
    },
  });
}

function orAnother(error: unknown): Promise<MediaStream> {
  // Browsers differ in what class this one is of.
  const name = typeof error === "object" && error !== null && "name" in error ? error.name : "";
  if (name === "OverconstrainedError" || name === "NotFoundError") return takeUp();
  throw error;
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

export type MediaDevice = { id: string; label: string };

/** Chrome lists some a second time, under what they are used for. */
const ALIASES: readonly string[] = ["", "default", "communications"];

/** Each once. The browser names them only once the microphone was allowed. */
export async function listDevices(): Promise<{
  microphones: MediaDevice[];
  speakers: MediaDevice[];
}> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind): MediaDevice[] =>
    devices
      .filter((device) => device.kind === kind && !ALIASES.includes(device.deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { microphones: of("audioinput"), speakers: of("audiooutput") };
}

/** Permission or devices: tells to look again. */
export async function watchMicrophone(changed: () => void): Promise<() => void> {
  const permission = await findPermission();
  permission?.addEventListener("change", changed);
  navigator.mediaDevices.addEventListener("devicechange", changed);
  return () => {
    permission?.removeEventListener("change", changed);
    navigator.mediaDevices.removeEventListener("devicechange", changed);
  };
}
