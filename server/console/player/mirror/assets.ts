import { variableName } from "../stream/safe-css.ts";

/** Bytes as blob: URLs of this document, by token. The newest binding of a token wins. */
export function createAssets(onChange: (token: string, url: string) => void) {
  const urls = new Map<string, string>();

  function put(token: string, url: string): void {
    const old = urls.get(token);
    urls.set(token, url);
    onChange(token, url);
    // What shows it has been given the new one.
    if (old?.startsWith("blob:") === true) URL.revokeObjectURL(old);
  }

  return {
    get: (token: string): string | undefined => urls.get(token),
    bind(token: string, mime: string, bytes: ArrayBuffer): void {
      put(token, URL.createObjectURL(new Blob([bytes], { type: mime })));
    },
    /** Stands for what could not be carried; only images have a box. */
    miss(token: string, box: string): void {
      if (!urls.has(token)) put(token, box);
    },
    /** For every document of the mirror: the variables that its style sheets refer to. */
    rules: (): string[] => [...urls].map(([token, url]) => assetRule(token, url)),
    clear(): void {
      for (const url of urls.values()) if (url.startsWith("blob:")) URL.revokeObjectURL(url);
      urls.clear();
    },
  };
}
export type Assets = ReturnType<typeof createAssets>;

export function assetRule(token: string, url: string): string {
  return `:root{${variableName(token)}:url("${url}")}`;
}

const escaped = (label: string): string => label.replaceAll(/[<>&"']/g, "");

/** A box with words in it, as an image. `own`: of a size of its own, else as large as what it stands for. */
export function labelledBox(label: string, own: boolean): string {
  const size = own ? `width="160" height="60"` : `width="100%" height="100%"`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}>` +
    `<rect x="1" y="1" width="99%" height="97%" fill="#f2eae0" stroke="#8c7d6e" stroke-dasharray="6 4"/>` +
    `<text x="50%" y="50%" fill="#5d544c" font-family="sans-serif" font-size="12" text-anchor="middle" dominant-baseline="middle">` +
    `${escaped(label)}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
