/** One line of the result. `ratio`: ours ÷ theirs, below 1 is better; absent when they have no such thing. */
export interface Measure {
  name: string;
  value: number;
  unit: "ms" | "bytes" | "%";
  ratio?: number;
  against?: string;
}

/** Nearest rank: the smallest value that at least `share` of them do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new Error("no values");
  return found;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

export function compare(
  name: string,
  unit: Measure["unit"],
  ours: number,
  theirs: { name: string; value: number } | undefined,
): Measure {
  if (!theirs) return { name, value: rounded(ours), unit };
  const against = `${theirs.name}: ${rounded(theirs.value)} ${unit}`;
  // Nothing is so many times nothing.
  const ratio = theirs.value > 0 ? { ratio: rounded(ours / theirs.value) } : {};
  return { name, value: rounded(ours), unit, ...ratio, against };
}
