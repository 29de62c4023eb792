/** rrweb's Replayer in live mode, as its guide shows it; a click sends the node under it back. */
const socket = new WebSocket(`ws://${location.host}/viewer`);
const replayer = new globalThis.rrweb.Replayer([], { liveMode: true });
let live = false;

socket.addEventListener("message", ({ data }) => {
  const event = JSON.parse(data);
  if (!live) replayer.startLive(event.timestamp);
  live = true;
  replayer.addEvent(event);
});

globalThis.plainFrame = () => replayer.iframe;
globalThis.plainClick = (selector) => {
  const element = replayer.iframe.contentDocument.querySelector(selector);
  const at = Date.now();
  socket.send(JSON.stringify({ node: replayer.getMirror().getId(element) }));
  return at;
};
