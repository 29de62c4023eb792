import type { Locator } from "@playwright/test";

import type { Box } from "./shared-page.ts";

export async function boxOf(element: Locator): Promise<Box> {
  const box = await element.boundingBox();
  if (!box) throw new Error("the element is not drawn");
  return box;
}

export function middleOf({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

/** How far the middles of two boxes are apart; far, when one of them is not there. */
export function apart(one: Box | undefined, other: Box): number {
  if (!one) return Number.POSITIVE_INFINITY;
  const [from, to] = [middleOf(one), middleOf(other)];
  return Math.hypot(from.x - to.x, from.y - to.y);
}
