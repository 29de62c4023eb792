import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** axe on the whole screen as it stands; `screen` is only for the message. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // The player's frame shows somebody else's page: its faults are that page's.
  const builder = new AxeBuilder({ page }).withTags(TAGS).exclude('iframe[data-epaule="player"]');
  const { violations } = await builder.setLegacyMode(true).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(" ; ")}`,
  );
  expect(found, `axe on ${screen}`).toEqual([]);
}
