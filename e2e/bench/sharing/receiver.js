/** Shows the shared tab; tells when its first picture, and when a change in one part of it, is drawn. */
globalThis.answerTab = async (sdp) => {
  const peer = new RTCPeerConnection();
  const video = document.body.appendChild(document.createElement("video"));
  globalThis.receiver = { peer, video };
  video.muted = true;
  globalThis.firstPicture = new Promise((resolve) => {
    peer.addEventListener("track", ({ streams }) => {
      video.srcObject = streams[0];
      video.requestVideoFrameCallback(() => resolve(Date.now()));
      void video.play();
    });
  });
  await peer.setRemoteDescription({ type: "offer", sdp });
  await peer.setLocalDescription(await peer.createAnswer());
  await new Promise((resolve) => {
    const look = () => (peer.iceGatheringState === "complete" ? resolve() : setTimeout(look, 5));
    look();
  });
  return peer.localDescription.sdp;
};

globalThis.receivedBytes = async () => {
  const stats = await globalThis.receiver.peer.getStats();
  return [...stats.values()]
    .filter((one) => one.type === "inbound-rtp")
    .reduce((sum, one) => sum + one.bytesReceived, 0);
};

/** The instant of the next change in `area` (in parts of the picture's width and height). */
globalThis.pictureChange = (area) =>
  new Promise((resolve) => {
    const { video } = globalThis.receiver;
    const pen = new OffscreenCanvas(200, 20).getContext("2d", { willReadFrequently: true });
    let first;
    const look = () => {
      const { videoWidth: width, videoHeight: height } = video;
      const part = [area.x * width, area.y * height, area.width * width, area.height * height];
      pen.drawImage(video, ...part, 0, 0, 200, 20);
      const { data } = pen.getImageData(0, 0, 200, 20);
      first ??= data;
      if (data.some((value, index) => Math.abs(value - first[index]) > 60)) resolve(Date.now());
      else video.requestVideoFrameCallback(look);
    };
    look();
  });
