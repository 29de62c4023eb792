const cover = document.querySelector("#couvercle");
Object.assign(cover.style, {
  position: "fixed",
  inset: "0",
  width: "100vw",
  height: "100vh",
  zIndex: "2147483647",
  background: "white",
});
document.querySelector("#agir").addEventListener("click", () => {
  cover.showPopover();
  setInterval(() => {
    cover.hidePopover();
    cover.showPopover();
  }, 200);
});
