/** Which URLs may stand in the mirror: an asset of the sealed stream, inert data, a fragment. Nothing else. */

/** The fragment picks a drawing out of an SVG file. */
const ASSET = /^asset:([A-Za-z0-9_-]{22})(#[\w.:-]{0,200})?$/;
const DATA =
  /^data:(?:image\/(?:png|jpeg|gif|webp|avif|svg\+xml|x-icon|vnd\.microsoft\.icon|bmp)|(?:font|application)\/(?:x-)?(?:font-)?(?:woff2?|ttf|otf|truetype|opentype))[;,]/i;
const MAX_DATA_LENGTH = 128 * 1024;

/** Draws nothing, and has a size: stands for an image that has not come yet. */
export const TRANSPARENT =
  "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

export type SafeUrl =
  | { type: "asset"; token: string; fragment: string }
  | { type: "data"; url: string }
  | { type: "fragment"; url: string };

export function parseSafeUrl(text: string): SafeUrl | undefined {
  const url = text.trim();
  const [, token, fragment = ""] = ASSET.exec(url) ?? [];
  if (token !== undefined) return { type: "asset", token, fragment };
  if (/^#[^\s"'<>\\]*$/.test(url)) return { type: "fragment", url };
  if (url.length <= MAX_DATA_LENGTH && DATA.test(url)) return { type: "data", url };
  return undefined;
}

/** A scheme that runs, however it is spaced: browsers drop control characters before they look. */
export function isScriptUrl(text: string): boolean {
  const bare = text.slice(0, 4096).replaceAll(/[\p{Cc}\p{Cf}\s]/gu, "");
  return /^(?:javascript|vbscript|livescript|mocha):/i.test(bare);
}
