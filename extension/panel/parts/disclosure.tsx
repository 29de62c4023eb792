import type { ReactNode } from "react";
import { Button, Disclosure as AriaDisclosure, DisclosurePanel } from "react-aria-components";

import { Icon } from "../../../shared/ui/icons.tsx";

/** `label` is its whole name where the words shown are the same for several of them. */
export function Disclosure({
  title,
  label,
  children,
}: {
  title: string;
  label?: string;
  children: ReactNode;
}) {
  return (
    <AriaDisclosure className="ep-disclosure">
      <Button
        slot="trigger"
        className="ep-button ep-button-quiet ep-disclosure-button"
        {...(label === undefined ? {} : { "aria-label": label })}
      >
        <Icon name="next" />
        <span>{title}</span>
      </Button>
      <DisclosurePanel className="ep-disclosure-panel">{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
