import type { CDPSession } from "@playwright/test";

export interface SoundWatch {
  /** Of the page's audio, by the browser's own word; `undefined` before it has any. */
  state(): string | undefined;
  /** How many sources are plugged into its loudspeaker now. */
  playing(): number;
}

/** What a page plays, as the browser's inspector sees it. Call it before the page is loaded. */
export async function watchSound(session: CDPSession): Promise<SoundWatch> {
  let state: string | undefined;
  const loudspeakers = new Set<string>();
  const plugged = new Set<string>();
  session.on("WebAudio.contextCreated", ({ context }) => (state = context.contextState));
  session.on("WebAudio.contextChanged", ({ context }) => (state = context.contextState));
  session.on("WebAudio.audioNodeCreated", ({ node }) => {
    if (node.nodeType === "AudioDestination") loudspeakers.add(node.nodeId);
  });
  session.on("WebAudio.nodesConnected", ({ sourceId, destinationId }) => {
    if (loudspeakers.has(destinationId)) plugged.add(sourceId);
  });
  session.on("WebAudio.nodesDisconnected", ({ sourceId }) => plugged.delete(sourceId));
  await session.send("WebAudio.enable");
  return { state: () => state, playing: () => plugged.size };
}
