/** A question that nobody answers is given up; the button asks again. */
const ANSWER_MS = 120_000;

/** `unanswered`: the question was closed, or left alone. */
export type MicrophoneProblem = "refused" | "unanswered" | "none" | "busy";
export type Asked = { stream: MediaStream } | { problem: MicrophoneProblem };

/** From a click, in a tab: the browser asks the person. The stream is the caller's to stop. */
export async function askMicrophone(
  media: Pick<MediaDevices, "getUserMedia"> = navigator.mediaDevices,
  isDenied: () => Promise<boolean> = isMicrophoneDenied,
): Promise<Asked> {
  const answer = media.getUserMedia({
    // As it is: what takes noise away could take away the sign that it works.
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ANSWER_MS);
  });
  try {
    const stream = await Promise.race([answer, late]);
    if (stream) return { stream };
    // Said yes after all, to a page that no longer listens.
    answer.then(stopStream, () => undefined);
    return { problem: "unanswered" };
  } catch (error) {
    return { problem: await problemOf(error, isDenied) };
  } finally {
    clearTimeout(timer);
  }
}

export function stopStream(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function problemOf(
  error: unknown,
  isDenied: () => Promise<boolean>,
): Promise<MicrophoneProblem> {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  if (name !== "NotAllowedError" && name !== "SecurityError") return "busy";
  return (await isDenied()) ? "refused" : "unanswered";
}

async function isMicrophoneDenied(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: "microphone" });
    return state === "denied";
  } catch {
    // A browser that doesn't tell: what helps after a refusal helps here too.
    return true;
  }
}
