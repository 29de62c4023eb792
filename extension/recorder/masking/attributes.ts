import { type StyledData, maskCss } from "./css.ts";
import type { IdentifierMask } from "./identifiers.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Structure, state and look: none of these holds text or data of a person. */
const PLAIN = words(`
  abbr align async autocapitalize autocomplete bgcolor border cellpadding cellspacing clear color cols
  colspan compact dir disabled draggable enterkeyhint face frame frameborder height hidden hspace inert
  inputmode ismap kind lang loading loop media marginheight marginwidth maxlength minlength multiple muted
  noresize noshade nowrap open playsinline popover popovertarget readonly required reversed role rows
  rowspan rules scope scrolling shadowrootmode size span spellcheck start step tabindex translate type
  valign vspace width wrap xmlns xmlns:xlink xml:space version
  aria-activedescendant aria-atomic aria-autocomplete aria-busy aria-colcount aria-colindex
  aria-colspan aria-current aria-disabled aria-expanded aria-grabbed aria-haspopup aria-hidden
  aria-invalid aria-level aria-live aria-modal aria-multiline aria-multiselectable aria-orientation
  aria-posinset aria-pressed aria-readonly aria-relevant aria-required aria-rowcount aria-rowindex
  aria-rowspan aria-setsize aria-sort
`);

const SVG = words(`
  accumulate additive alignment-baseline amplitude azimuth basefrequency baseline-shift bias
  class clip-rule clippathunits color-interpolation color-interpolation-filters cx cy d
  diffuseconstant direction display divisor dominant-baseline dx dy edgemode elevation exponent
  fill-opacity fill-rule filterunits flood-color flood-opacity focusable font-family font-size
  font-size-adjust font-stretch font-style font-variant font-weight fr fx fy gradienttransform
  gradientunits in in2 intercept k1 k2 k3 k4 kernelmatrix kernelunitlength keytimes keysplines
  lengthadjust letter-spacing lighting-color limitingconeangle markerheight markerunits markerwidth
  maskcontentunits maskunits method mode numoctaves offset opacity operator order orient overflow
  paint-order pathlength patterncontentunits patterntransform patternunits pointer-events points
  pointsatx pointsaty pointsatz preservealpha preserveaspectratio primitiveunits r radius refx refy
  result rotate rx ry scale seed shape-rendering slope specularconstant specularexponent spreadmethod
  stddeviation stitchtiles stop-color stop-opacity stroke-dasharray stroke-dashoffset stroke-linecap
  stroke-linejoin stroke-miterlimit stroke-opacity stroke-width surfacescale tablevalues targetx
  targety text-anchor text-decoration text-rendering textlength transform transform-origin
  unicode-bidi vector-effect viewbox visibility word-spacing writing-mode x x1 x2 xchannelselector y
  y1 y2 ychannelselector z
`);
/** May hold `url(#…)`. */
const SVG_PAINT = words(
  `clip-path cursor fill filter marker-end marker-mid marker-start mask stroke`,
);

/** Text that the page shows or has read aloud; masked as text is. */
const TEXT = words(`alt aria-description aria-label aria-placeholder aria-roledescription label
  placeholder title`);

const REFERENCES = words(`anchor aria-controls aria-describedby aria-details aria-errormessage
  aria-flowto aria-labelledby aria-owns class for form headers id part exportparts slot`);

const RR_NUMBERS = words(`rr_scrollleft rr_scrolltop`);
const RR_LENGTHS = words(`rr_width rr_height`);
const LABEL_INPUTS = words(`button reset submit`);

export type MaskedAttributes = Record<string, unknown>;

export type AttributeContext = {
  tag: string;
  /** Lower-case `type` of an input. */
  inputType: string;
  role: string;
  svg: boolean;
};

export type AttributeMask = {
  /** Returns `undefined` for an attribute that does not leave the page. */
  one(name: string, value: unknown, context: AttributeContext): unknown;
  css: (text: string, base?: string) => string;
};

export type AddressMask = (
  url: string,
  kind: "image" | "font",
  base?: string,
) => string | undefined;

export function createAttributeMask(parts: {
  identifiers: IdentifierMask;
  styledData: StyledData;
  address: AddressMask;
}): AttributeMask {
  const { identifiers, styledData, address } = parts;

  const css = (text: string, base?: string): string =>
    maskCss(text, identifiers, (url, kind) => address(url, kind, base));

  const style = (value: unknown): unknown => {
    if (typeof value === "string") return css(value);
    if (typeof value !== "object" || value === null) return undefined;
    return Object.fromEntries(
      Object.entries(value).map(([property, set]: [string, unknown]) => {
        if (typeof set === "string") return [property, css(set)];
        if (Array.isArray(set)) return [property, [css(String(set[0])), String(set[1])]];
        return [property, false];
      }),
    );
  };

  const data = (name: string, value: string): string | undefined => {
    // What we tell the mirror ourselves: the page has no say in it.
    if (name.startsWith("data-epaule-")) return undefined;
    const values = styledData.get(name);
    if (values === undefined) return undefined;
    return values.has(value) ? value : "";
  };

  /** `use` may point into another file; its fragment is an id. */
  const svgLink = (value: string, tag: string): string | undefined => {
    if (value.startsWith("#")) return `#${identifiers.one(value.slice(1))}`;
    if (tag !== "use" && tag !== "image" && tag !== "feimage") return undefined;
    const [file = "", fragment] = value.split("#", 2);
    const shown = address(file, "image");
    if (shown === undefined || fragment === undefined) return shown;
    return `${shown}#${fragment}`;
  };

  const link = (name: string, value: string, { tag, inputType, svg }: AttributeContext) => {
    if (name === "href" || name === "xlink:href") {
      // An empty address keeps what style sheets say of links, and leads nowhere.
      if (tag === "a" || tag === "area")
        return svg && value.startsWith("#") ? svgLink(value, tag) : "#";
      return svg ? svgLink(value, tag) : undefined;
    }
    if (name === "src") {
      const image = tag === "img" || (tag === "input" && inputType === "image");
      return image ? address(value, "image") : undefined;
    }
    if (name === "poster" && tag === "video") return address(value, "image");
    if (name === "background" && /^(?:body|table|td|th)$/.test(tag)) return address(value, "image");
    return undefined;
  };

  const text = (name: string, value: string, context: AttributeContext): string | undefined => {
    const { tag, inputType, role, svg } = context;
    if (TEXT.has(name)) return value;
    if (REFERENCES.has(name)) return identifiers.list(value);
    if (name.startsWith("data-")) return data(name, value);
    if (name === "value") {
      if (tag === "li") return /^-?\d{1,6}$/.test(value) ? value : undefined;
      return tag === "input" && LABEL_INPUTS.has(inputType) ? value : undefined;
    }
    if (name === "target") return value === "_blank" ? value : undefined;
    if (name === "download") return "";
    if (name === "contenteditable") return value.length < 20 ? value : undefined;
    if (name === "aria-selected") return role === "option" ? undefined : value;
    if (RR_LENGTHS.has(name)) return /^[\d.]+px$/.test(value) ? value : undefined;
    if (name === "rr_open_mode") return value === "modal" ? "modal" : "non-modal";
    if (PLAIN.has(name)) return value.length <= 200 ? value : "";
    if (!svg) return undefined;
    if (SVG_PAINT.has(name)) return css(value);
    return SVG.has(name) ? value : undefined;
  };

  return {
    css,
    one(rawName, value, context) {
      const name = rawName.toLowerCase();
      if (name === "style") return style(value);
      if (value === null) return isKnown(name, context, styledData) ? null : undefined;
      if (typeof value === "number") return RR_NUMBERS.has(name) ? value : undefined;
      if (typeof value === "boolean") return PLAIN.has(name) ? value : undefined;
      if (typeof value !== "string") return undefined;
      if (name === "_csstext") return css(value);
      return link(name, value, context) ?? text(name, value, context);
    },
  };
}

/** For a removed attribute: whether its name may be told. */
function isKnown(name: string, { tag, role, svg }: AttributeContext, styled: StyledData): boolean {
  if (name === "href" || name === "xlink:href") return tag === "a" || tag === "area" || svg;
  if (name === "src") return tag === "img";
  return (
    TEXT.has(name) ||
    REFERENCES.has(name) ||
    PLAIN.has(name) ||
    styled.has(name) ||
    name === "target" ||
    name === "download" ||
    name === "contenteditable" ||
    name === "poster" ||
    (name === "aria-selected" && role !== "option") ||
    (svg && (SVG.has(name) || SVG_PAINT.has(name)))
  );
}
