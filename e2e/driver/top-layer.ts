import type { Page } from "@playwright/test";

/** The elements above the page itself, lowest first, by their node names. */
export async function topLayerOf(tab: Page): Promise<string[]> {
  const session = await tab.context().newCDPSession(tab);
  try {
    await session.send("DOM.getDocument", { depth: 0 });
    const { nodeIds } = await session.send("DOM.getTopLayerElements");
    const names: string[] = [];
    for (const nodeId of nodeIds) {
      const { node } = await session.send("DOM.describeNode", { nodeId });
      names.push(node.nodeName);
    }
    return names;
  } finally {
    await session.detach();
  }
}
