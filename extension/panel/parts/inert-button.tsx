import type { ButtonVariant } from "../../../shared/ui/button.tsx";
import { Icon, type IconName } from "../../../shared/ui/icons.tsx";

/**
 * A button that can wait without leaving the tab order: `inert` says so to screen readers, and
 * `why` is the id of the sentence that tells the reason.
 */
export function InertButton({
  variant = "secondary",
  icon,
  inert,
  why,
  onPress,
  children,
}: {
  variant?: ButtonVariant;
  icon?: IconName;
  inert: boolean;
  why: string;
  onPress: () => void;
  children: string;
}) {
  return (
    <button
      type="button"
      className={`ep-button ep-button-${variant} ep-button-large ep-button-wide`}
      {...(inert ? { "aria-disabled": true, "aria-describedby": why } : {})}
      onClick={() => {
        if (!inert) onPress();
      }}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}
