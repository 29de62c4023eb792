import { expect, type Locator, type Page } from "@playwright/test";

/** What the inspector says of a node; only what is read here. */
interface DomNode {
  backendNodeId: number;
  nodeName: string;
  nodeValue: string;
  attributes?: string[];
  children?: DomNode[];
  shadowRoots?: DomNode[];
  contentDocument?: DomNode;
  documentURL?: string;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const HOST = "EPAULE-OVERLAY";

function* descendants(node: DomNode): Generator<DomNode> {
  yield node;
  const inner = [...(node.shadowRoots ?? []), ...(node.children ?? [])];
  if (node.contentDocument) inner.push(node.contentDocument);
  for (const child of inner) yield* descendants(child);
}

/** Without what is in its frames. */
function* own(node: DomNode): Generator<DomNode> {
  yield node;
  for (const child of [...(node.shadowRoots ?? []), ...(node.children ?? [])]) yield* own(child);
}

function textOf(node: DomNode): string {
  return [...descendants(node)].map((one) => one.nodeValue).join("");
}

function hasClass(node: DomNode, name: string): boolean {
  const attributes = node.attributes ?? [];
  const at = attributes.indexOf("class");
  return at >= 0 && (attributes[at + 1] ?? "").split(" ").includes(name);
}

/** These run in the page, on the overlay's root. */
const STROKE = `function () {
  const line = this.querySelector("polyline.line");
  return line ? JSON.stringify(line.getBoundingClientRect()) : "";
}`;
const MOVED = `function () {
  const place = () => {
    const ring = this.querySelector(".ring:not([hidden])");
    return ring ? JSON.stringify(ring.getBoundingClientRect()) : "";
  };
  const before = place();
  return new Promise((resolve) => {
    const look = () => {
      const now = place();
      if (now !== "" && now !== before) resolve(Date.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}`;

/** The page as its server sent it: what we put there would show. */
export async function sourceOf(tab: Page): Promise<string> {
  return await tab.evaluate(() => document.documentElement.outerHTML);
}

export type SharedPage = ReturnType<typeof createSharedPage>;

/** The document itself, or that of a frame in it from this host. */
function documentOf(root: DomNode, frameHost: string | undefined): DomNode | undefined {
  if (frameHost === undefined) return root;
  return [...descendants(root)].find(
    ({ documentURL }) =>
      URL.canParse(documentURL ?? "") && new URL(documentURL ?? "").hostname === frameHost,
  );
}

/**
 * What Epaule draws on the page, or in a frame of it that has a recorder of its own: a closed shadow
 * root, that only the browser's inspector looks into.
 */
export function createSharedPage(tab: Page, frameHost?: string) {
  async function overlay(): Promise<DomNode[]> {
    const session = await tab.context().newCDPSession(tab);
    try {
      const { root } = await session.send("DOM.getDocument", { depth: -1, pierce: true });
      const page = documentOf(root, frameHost);
      const host = page && [...own(page)].find((node) => node.nodeName === HOST);
      return host ? [...descendants(host)] : [];
    } finally {
      await session.detach();
    }
  }

  async function boxOf(node: DomNode | undefined): Promise<Box | undefined> {
    if (!node) return undefined;
    const session = await tab.context().newCDPSession(tab);
    try {
      const { model } = await session.send("DOM.getBoxModel", {
        backendNodeId: node.backendNodeId,
      });
      const [x = 0, y = 0] = model.border;
      return { x, y, width: model.width, height: model.height };
    } catch {
      return undefined;
    } finally {
      await session.detach();
    }
  }

  /** A part of what is drawn, by its class. */
  async function part(name: string): Promise<Box | undefined> {
    return await boxOf((await overlay()).find((node) => hasClass(node, name)));
  }

  /** The inspector hands the closed root to a function in the page. */
  async function inRoot(functionDeclaration: string): Promise<unknown> {
    const session = await tab.context().newCDPSession(tab);
    try {
      const root = (await overlay()).find((node) => node.nodeName === "#document-fragment");
      if (!root) throw new Error("nothing is drawn on the page");
      const { object } = await session.send("DOM.resolveNode", {
        backendNodeId: root.backendNodeId,
      });
      const { result } = await session.send("Runtime.callFunctionOn", {
        objectId: object.objectId ?? "",
        functionDeclaration,
        awaitPromise: true,
        returnByValue: true,
      });
      return result.value;
    } finally {
      await session.detach();
    }
  }

  const ring = () => part("ring");

  return {
    tab,
    ring,
    part,
    /** The instant of the next frame in which the outline stands somewhere else. */
    async ringMoves(): Promise<number> {
      return Number(await inRoot(MOVED));
    },
    /** The box of the first stroke that is drawn. */
    async stroke(): Promise<Box | undefined> {
      const box = await inRoot(STROKE);
      return box === "" ? undefined : JSON.parse(String(box));
    },
    /** What a screen reader was told last. */
    async announced(): Promise<string> {
      const live = (await overlay()).find(({ attributes = [] }) =>
        attributes.some((name, at) => name === "role" && attributes[at + 1] === "status"),
      );
      return live ? textOf(live) : "";
    },
    async isClean(): Promise<boolean> {
      return (await overlay()).length === 0;
    },
    async text(): Promise<string> {
      return (await overlay())
        .filter((node) => node.nodeName === "#text")
        .map((node) => node.nodeValue)
        .join(" ");
    },
    async bannerSays(words: string): Promise<void> {
      await expect.poll(async () => (await overlay()).map(textOf).join(" ")).toContain(words);
    },
    /** A real click, by the mouse, on a button of the banner or of a highlight. */
    async press(name: string): Promise<void> {
      await expect
        .poll(async () => {
          const found = (await overlay()).find(
            (node) => node.nodeName === "BUTTON" && textOf(node).trim() === name,
          );
          return (await boxOf(found)) !== undefined;
        })
        .toBe(true);
      const button = (await overlay()).find(
        (node) => node.nodeName === "BUTTON" && textOf(node).trim() === name,
      );
      const box = await boxOf(button);
      if (!box) throw new Error(`no button ${name} on the page`);
      await tab.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    },
    /** The outline stands around this very element. */
    async highlights(element: Locator): Promise<void> {
      await expect(async () => {
        const drawn = await ring();
        const box = await element.boundingBox();
        expect(drawn).toBeDefined();
        expect(box).not.toBeNull();
        if (!drawn || !box) return;
        for (const [one, other] of [
          [drawn.x + drawn.width / 2, box.x + box.width / 2],
          [drawn.y + drawn.height / 2, box.y + box.height / 2],
        ] as const) {
          expect(Math.abs(one - other)).toBeLessThan(4);
        }
        expect(drawn.width).toBeGreaterThanOrEqual(box.width);
        expect(drawn.width).toBeLessThan(box.width + 40);
      }).toPass({ timeout: 10_000 });
    },
  };
}
