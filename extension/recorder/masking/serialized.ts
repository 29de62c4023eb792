/** rrweb's serialized nodes and events, as far as the mask reads them. */
export type SerializedNode = {
  type: number;
  id: number;
  childNodes?: SerializedNode[];
  tagName?: string;
  attributes?: Record<string, unknown>;
  textContent?: string;
  compatMode?: string;
  name?: string;
  publicId?: string;
  systemId?: string;
  isSVG?: boolean;
  isShadow?: boolean;
  isShadowHost?: boolean;
  rootId?: number;
};

export const NODE = { document: 0, doctype: 1, element: 2, text: 3, cdata: 4, comment: 5 } as const;
export const EVENT = { fullSnapshot: 2, incremental: 3, meta: 4 } as const;
export const SOURCE = {
  mutation: 0,
  mouseMove: 1,
  mouseInteraction: 2,
  scroll: 3,
  viewportResize: 4,
  input: 5,
  touchMove: 6,
  styleSheetRule: 8,
  drag: 12,
  styleDeclaration: 13,
  adoptedStyleSheet: 15,
} as const;

export type RawEvent = { type: number; timestamp: number; data: unknown };
export type Fields = Record<string, unknown>;

/** rrweb's own object, read field by field: what is not named in the mask does not leave. */
export function fieldsOf(value: unknown): Fields {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- any object has named fields
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** A node as rrweb has just made it, in this world. */
export function nodeFrom(value: unknown): SerializedNode {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as SerializedNode;
}

export function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

export function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
