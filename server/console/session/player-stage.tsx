import type { ReactNode } from "react";

import type { ScrollStep } from "../player/port.ts";
import { scrollStepFor } from "./scroll-keys.ts";

/**
 * Around the player's frame, which never keeps the keyboard: at actual size the keys that scroll
 * are heard here.
 */
export function PlayerStage({
  name,
  scrolls,
  onScroll,
  children,
}: {
  name: string;
  scrolls: boolean;
  onScroll: (step: ScrollStep) => void;
  children: ReactNode;
}) {
  if (!scrolls) return <div className="ses-stage">{children}</div>;
  return (
    <div
      className="ses-stage"
      role="region"
      aria-label={name}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a view that scrolls must be in reach of the keyboard
      tabIndex={0}
      onKeyDown={(event) => {
        const step = scrollStepFor(event);
        if (step === undefined) return;
        event.preventDefault();
        onScroll(step);
      }}
    >
      {children}
    </div>
  );
}
