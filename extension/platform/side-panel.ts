import { browser } from "./browser.ts";

type Sidebar = { sidebarAction: { open(): Promise<void> } };

/** Firefox calls it the sidebar. */
function hasSidebar(api: object): api is Sidebar {
  return "sidebarAction" in api;
}

/** Must run in the click's own task: both browsers want a gesture. */
export function openPanel(windowId: number): Promise<void> {
  return hasSidebar(browser) ? browser.sidebarAction.open() : browser.sidePanel.open({ windowId });
}
