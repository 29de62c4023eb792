/**
 * A browser's own false microphone has no plug. For the document in which they run, these do what a
 * browser does: the sound ends, none is found any more, and each change of devices is told.
 */
export const KEEP_MICROPHONE = `{
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  globalThis.microphone = { isPlugged: true, tracks: [] };
  mediaDevices.getUserMedia = async (asked) => {
    if (!microphone.isPlugged) throw new DOMException("Requested device not found", "NotFoundError");
    const stream = await open(asked);
    microphone.tracks.push(...stream.getTracks());
    return stream;
  };
}`;

export const UNPLUG = `{
  microphone.isPlugged = false;
  for (const track of microphone.tracks.splice(0)) {
    if (track.readyState === "ended") continue;
    track.stop();
    track.dispatchEvent(new Event("ended"));
  }
  navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
}`;

export const PLUG_IN = `{
  microphone.isPlugged = true;
  navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
}`;
