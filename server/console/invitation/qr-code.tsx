import { encode } from "uqr";

/** Dark on light in both colour schemes, with its quiet zone: cameras need both. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { ecc: "M", border: 3 });
  return (
    <svg className="con-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#ffffff" />
      <path d={toPath(data)} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  );
}

/** One rectangle for each run of dark modules. */
function toPath(rows: boolean[][]): string {
  return rows
    .flatMap((row, y) => {
      const runs: string[] = [];
      for (let x = 0; x < row.length; x += 1) {
        const start = x;
        while (row[x]) x += 1;
        if (x > start) runs.push(`M${start} ${y}h${x - start}v1h${start - x}z`);
      }
      return runs;
    })
    .join("");
}
