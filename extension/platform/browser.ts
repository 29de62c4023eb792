/** One promise-based `browser` in every browser: WXT's module puts webextension-polyfill behind it. */
export { browser } from "wxt/browser";
export type { Browser } from "wxt/browser";
