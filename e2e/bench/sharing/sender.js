/** The tab, shared as a video call would share it. */
globalThis.offerTab = async () => {
  const stream = await navigator.mediaDevices.getDisplayMedia({
    video: { frameRate: 30 },
    audio: false,
    preferCurrentTab: true,
  });
  const peer = new RTCPeerConnection();
  globalThis.sharingPeer = peer;
  for (const track of stream.getTracks()) peer.addTrack(track, stream);
  await peer.setLocalDescription(await peer.createOffer());
  await new Promise((resolve) => {
    const look = () => (peer.iceGatheringState === "complete" ? resolve() : setTimeout(look, 5));
    look();
  });
  return peer.localDescription.sdp;
};
globalThis.acceptAnswer = (sdp) =>
  globalThis.sharingPeer.setRemoteDescription({ type: "answer", sdp });
globalThis.stopSharing = () => {
  for (const sender of globalThis.sharingPeer.getSenders()) sender.track?.stop();
  globalThis.sharingPeer.close();
};
