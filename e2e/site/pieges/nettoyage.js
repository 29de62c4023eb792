/** Removes whatever is added next to its own content, as some pages do against pop-ups. */
const own = new Set([document.head, document.body, ...document.body.children]);
function sweep() {
  for (const node of [...document.documentElement.children, ...document.body.children]) {
    if (!own.has(node)) node.remove();
  }
}
const observer = new MutationObserver(sweep);
document.querySelector("#agir").addEventListener("click", () => {
  sweep();
  observer.observe(document.documentElement, { childList: true });
  observer.observe(document.body, { childList: true });
});
