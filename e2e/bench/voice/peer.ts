import type { Page } from "@playwright/test";

/** The same constraints as ours, Chromium's own codec settings, nobody in between and no second encryption. */
const OPEN = `
  globalThis.keptConnections = [];
  globalThis.startPeer = async (offer) => {
    const connection = new RTCPeerConnection({ iceServers: [] });
    keptConnections.push(connection);
    connection.addEventListener("track", ({ track }) => {
      const audio = new Audio();
      audio.srcObject = new MediaStream([track]);
      void audio.play();
    });
    const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    globalThis.voiceTimes = { asked: performance.timeOrigin + performance.now() };
    if (offer) await connection.setRemoteDescription({ type: "offer", sdp: offer });
    const said = offer ? await connection.createAnswer() : await connection.createOffer();
    const gathered = new Promise((resolve) => {
      connection.addEventListener("icegatheringstatechange", () => {
        if (connection.iceGatheringState === "complete") resolve();
      });
    });
    await connection.setLocalDescription(said);
    await gathered;
    return connection.localDescription.sdp;
  };
  globalThis.finishPeer = async (answer) => {
    await keptConnections[0].setRemoteDescription({ type: "answer", sdp: answer });
  };
  const look = setInterval(async () => {
    for (const connection of keptConnections)
      for (const entry of (await connection.getStats()).values())
        if (entry.type === "inbound-rtp" && entry.totalAudioEnergy > 1e-5) {
          globalThis.voiceTimes.heard ??= performance.timeOrigin + performance.now();
          clearInterval(look);
        }
  }, 20);
`;

/** Two pages that may use their microphones speak to each other by WebRTC alone. */
export async function connectPeers(caller: Page, callee: Page): Promise<void> {
  for (const page of [caller, callee]) await page.evaluate(OPEN);
  const offer = await caller.evaluate<string>("startPeer()");
  const answer = await callee.evaluate<string>(`startPeer(${JSON.stringify(offer)})`);
  await caller.evaluate(`finishPeer(${JSON.stringify(answer)})`);
}
