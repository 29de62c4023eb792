/** Warm dark blue and cream, with a double outline: it stands out on light and on dark pages. */
export const OVERLAY_STYLE = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: 0 !important;
  width: auto !important;
  height: auto !important;
  margin: 0 !important;
  padding: 0 !important;
  border: 0 !important;
  background: transparent !important;
  overflow: visible !important;
  pointer-events: none !important;
  z-index: 2147483647 !important;
  display: block !important;
  opacity: 1 !important;
  visibility: visible !important;
  transform: none !important;
  filter: none !important;
  clip-path: none !important;
  contain: layout style !important;
  color-scheme: light !important;
}
:host::backdrop { display: none !important; }
* { box-sizing: border-box; }
.banner, .bubble, .chip {
  font: 400 16px/1.4 system-ui, -apple-system, "Segoe UI", sans-serif;
  color: #fff8ec;
  background: #1d2b4f;
  border: 2px solid #fff8ec;
  box-shadow: 0 0 0 2px #1d2b4f, 0 6px 24px rgb(0 0 0 / 35%);
}
.banner, .chip {
  position: fixed;
  left: 8px;
  right: 8px;
  width: fit-content;
  margin-inline: auto;
}
.banner {
  bottom: 16px;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: center;
  gap: 8px 12px;
  max-width: 720px;
  padding: 6px 8px 6px 18px;
  border-radius: 28px;
}
.banner.top { bottom: auto; top: 16px; }
.banner.paused { background: #5a3a00; }
.banner p { margin: 0; overflow-wrap: anywhere; }
.banner .sign {
  display: inline-block;
  width: 12px;
  height: 12px;
  margin-right: 10px;
  border-radius: 50%;
  background: #ffb84d;
}
.banner.paused .sign { border-radius: 2px; background: #fff8ec; }
button {
  all: unset;
  box-sizing: border-box;
  pointer-events: auto;
  cursor: pointer;
  min-width: 44px;
  min-height: 44px;
  padding: 8px 18px;
  border-radius: 22px;
  font: 600 16px/1.4 system-ui, -apple-system, "Segoe UI", sans-serif;
  text-align: center;
  color: #fff8ec;
  border: 2px solid #fff8ec;
}
button:hover { background: rgb(255 255 255 / 14%); }
button:focus-visible { outline: 3px solid #ffb84d; outline-offset: 2px; }
button.stop { background: #fff8ec; color: #1d2b4f; }
button.stop:hover { background: #ffe3b0; }
.ring {
  position: fixed;
  border: 4px solid #ffb84d;
  border-radius: 8px;
  outline: 3px solid #1d2b4f;
  box-shadow: inset 0 0 0 3px #1d2b4f, 0 0 0 6px #fff8ec;
}
.bubble {
  position: fixed;
  left: 0;
  top: 0;
  max-width: min(340px, calc(100vw - 16px));
  padding: 10px 14px;
  border-radius: 14px;
  overflow-wrap: anywhere;
}
.bubble .who { display: block; font-size: 14px; color: #ffd9a0; }
.bubble .text { display: block; font-weight: 600; }
.arrow { position: fixed; width: 0; height: 0; border: 10px solid transparent; }
.arrow.below { border-bottom-color: #1d2b4f; border-top-width: 0; }
.arrow.above { border-top-color: #1d2b4f; border-bottom-width: 0; }
.arrow.right { border-right-color: #1d2b4f; border-left-width: 0; }
.arrow.left { border-left-color: #1d2b4f; border-right-width: 0; }
.arrow.apart { display: none; }
.chip {
  display: flex;
  align-items: center;
  gap: 10px;
  min-height: 44px;
  padding: 4px 4px 4px 16px;
  border-radius: 26px;
}
.chip.up { top: 16px; }
.chip.down { bottom: 90px; }
.pointer { position: fixed; left: 0; top: 0; width: 28px; height: 28px; margin: -14px 0 0 -14px; }
.pointer i {
  position: absolute;
  inset: 4px;
  border-radius: 50%;
  background: #ffb84d;
  border: 3px solid #1d2b4f;
  outline: 2px solid #fff8ec;
}
svg.ink { position: fixed; inset: 0; width: 100%; height: 100%; overflow: visible; }
svg.ink polyline { fill: none; stroke-linecap: round; stroke-linejoin: round; }
svg.ink .edge { stroke: #1d2b4f; stroke-width: 9; }
svg.ink .line { stroke: #ffb84d; stroke-width: 5; }
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.scrolling { position: fixed; top: 0; left: 0; width: 100px; height: 100px; overflow: scroll; visibility: hidden; }
[hidden] { display: none !important; }
@media (prefers-reduced-motion: no-preference) {
  .pointer { transition: transform 90ms linear; }
  svg.ink g { transition: opacity 600ms linear; }
}
@media (forced-colors: active) {
  .ring { border-color: Highlight; }
}
`;
