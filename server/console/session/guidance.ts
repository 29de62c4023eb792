import type { Anchor, HelperMessage } from "../../../shared/protocol/peer.ts";

type Guidance = Extract<HelperMessage, { type: `guide.${string}` }>;

/**
 * What the helper shows, on its way to the link. Highlights and strokes go in order; of the
 * pointer only the newest place matters, so that a slow line never lags behind the hand.
 */
export function createGuidance({
  send,
  isOpen,
}: {
  send: (message: Guidance) => Promise<void>;
  isOpen: () => boolean;
}) {
  let lastGuide = 0;
  let strokeGuide: number | undefined;
  let pointer: { at: Anchor | null } | undefined;
  let pointing = false;

  async function drainPointer(): Promise<void> {
    if (pointing) return;
    pointing = true;
    try {
      while (pointer && isOpen()) {
        const { at } = pointer;
        pointer = undefined;
        await send({ type: "guide.pointer", at });
      }
    } catch {
      // A lost link: the next place will be told to the next one.
    } finally {
      pointer = undefined;
      pointing = false;
    }
  }

  return {
    /** `sent`: whether it left; the page's side then says what became of it. */
    highlight(
      at: { document: string; node: number },
      text: string,
    ): { guide: number; sent: Promise<boolean> } {
      lastGuide += 1;
      const guide = lastGuide;
      const { document, node } = at;
      return {
        guide,
        sent: deliver(send({ type: "guide.highlight", guide, document, node, text })),
      };
    },
    clear: (): Promise<boolean> => deliver(send({ type: "guide.clear" })),
    pointer(at: Anchor | null): void {
      pointer = { at };
      void drainPointer();
    },
    /** All batches of one stroke carry the same number. */
    stroke(document: string, points: [number, number][], last: boolean): void {
      if (strokeGuide === undefined) {
        lastGuide += 1;
        strokeGuide = lastGuide;
      }
      const guide = strokeGuide;
      if (last) strokeGuide = undefined;
      void deliver(send({ type: "guide.stroke", guide, document, points, last }));
    },
  };
}

async function deliver(sending: Promise<void>): Promise<boolean> {
  try {
    await sending;
    return true;
  } catch {
    return false;
  }
}
