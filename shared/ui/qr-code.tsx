import { encode } from "uqr";

import { qrPath } from "./qr-path.ts";

/** Dark on light in both colour schemes, with its quiet zone: cameras need both. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { ecc: "M", border: 3 });
  return (
    <svg className="ep-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#ffffff" />
      <path d={qrPath(data)} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  );
}
