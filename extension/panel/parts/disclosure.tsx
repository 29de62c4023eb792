import type { ReactNode } from "react";
import { Button, Disclosure as AriaDisclosure, DisclosurePanel } from "react-aria-components";

import { Icon } from "../../../shared/ui/icons.tsx";

/**
 * `label` is its whole name where the words shown are the same for several of them. `lazy`: what is
 * inside exists only while it is open.
 */
export function Disclosure({
  title,
  label,
  lazy = false,
  isOpen,
  onOpenChange,
  children,
}: {
  title: string;
  label?: string;
  lazy?: boolean;
  isOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}) {
  return (
    <AriaDisclosure
      className="ep-disclosure"
      {...(isOpen === undefined ? {} : { isExpanded: isOpen })}
      {...(onOpenChange ? { onExpandedChange: onOpenChange } : {})}
    >
      {({ isExpanded }) => (
        <>
          <Button
            slot="trigger"
            className="ep-button ep-button-quiet ep-disclosure-button"
            {...(label === undefined ? {} : { "aria-label": label })}
          >
            <Icon name="next" />
            <span>{title}</span>
          </Button>
          <DisclosurePanel className="ep-disclosure-panel">
            {lazy && !isExpanded ? null : children}
          </DisclosurePanel>
        </>
      )}
    </AriaDisclosure>
  );
}
