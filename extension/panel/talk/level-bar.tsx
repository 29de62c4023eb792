/** A bar that moves with the voice. `level`: 0 to 1. */
export function LevelBar({ label, level }: { label: string; level: number }) {
  const percent = Math.round(Math.min(1, level) * 100);
  return (
    <div
      className="ep-meter"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect width={percent} height="10" />
      </svg>
    </div>
  );
}
