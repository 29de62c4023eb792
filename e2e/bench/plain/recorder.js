/** Plain rrweb in the page: default options, each event as JSON over a WebSocket. */
globalThis.startPlain = (port) => {
  const socket = new WebSocket(`ws://localhost:${port}/page`);
  const boxes = new Map();
  socket.addEventListener("message", ({ data }) => {
    const { node } = JSON.parse(data);
    const target = globalThis.rrweb.record.mirror.getNode(node);
    const box = boxes.get("box") ?? document.body.appendChild(document.createElement("div"));
    boxes.set("box", box);
    const { x, y, width, height } = target.getBoundingClientRect();
    box.id = "plain-highlight";
    box.dataset["node"] = String(node);
    box.style.cssText = `position:fixed;left:${x}px;top:${y}px;width:${width}px;height:${height}px;outline:3px solid;pointer-events:none;z-index:2147483647`;
  });
  return new Promise((resolve) => {
    socket.addEventListener("open", () => {
      const start = performance.now();
      globalThis.rrweb.record({ emit: (event) => socket.send(JSON.stringify(event)) });
      resolve(performance.now() - start);
    });
  });
};
