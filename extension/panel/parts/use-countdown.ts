import { useEffect, useState } from "react";

/** Whole seconds left of `ms`, counted here from when `ms` was given; 0 when it is over. */
export function useCountdown(ms: number): number {
  const [left, setLeft] = useState(ms);
  useEffect(() => {
    const end = performance.now() + ms;
    const count = (): void => {
      const now = Math.max(0, end - performance.now());
      setLeft(now);
      if (now === 0) clearInterval(timer);
    };
    const timer = setInterval(count, 250);
    count();
    return () => clearInterval(timer);
  }, [ms]);
  return Math.ceil(left / 1000);
}
