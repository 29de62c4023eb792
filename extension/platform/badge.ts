import { browser } from "./browser.ts";

export type Badge = { text: string; colour: string; title: string };

export async function showBadge({ text, colour, title }: Badge): Promise<void> {
  await Promise.all([
    browser.action.setBadgeText({ text }),
    browser.action.setTitle({ title }),
    ...(text
      ? [
          browser.action.setBadgeBackgroundColor({ color: colour }),
          browser.action.setBadgeTextColor({ color: "#ffffff" }),
        ]
      : []),
  ]);
}
