export type Point = [number, number];

/** [V1] `guide.stroke` carries at most this many points. */
const MAX_POINTS = 200;
const STEP_PX = 2;

/**
 * Points of one stroke as they are drawn, handed over in batches. Batches after the first begin
 * with the last point of the one before, so that each can be drawn by itself.
 */
export function createStrokeBatch(send: (points: Point[], last: boolean) => void) {
  let points: Point[] = [];
  let previous: Point | undefined;
  let fresh = 0;

  function flush(last: boolean): void {
    if (points.length === 0 || (fresh === 0 && !last)) return;
    send(points, last);
    points = previous ? [previous] : [];
    fresh = 0;
  }

  return {
    add(x: number, y: number): void {
      const point: Point = [round(x), round(y)];
      if (previous && Math.hypot(point[0] - previous[0], point[1] - previous[1]) < STEP_PX) return;
      previous = point;
      points.push(point);
      fresh += 1;
      if (points.length >= MAX_POINTS) flush(false);
    },
    /** Called at a steady pace while drawing. */
    flush: (): void => flush(false),
    end: (): void => {
      flush(true);
      points = [];
      previous = undefined;
    },
  };
}

function round(value: number): number {
  return Math.round(Math.min(Math.max(value, -1e6), 1e6) * 10) / 10;
}
