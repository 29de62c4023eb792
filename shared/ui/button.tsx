import type { ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  ToggleButton as AriaToggleButton,
  type ToggleButtonProps as AriaToggleButtonProps,
} from "react-aria-components";

import { Icon, type IconName } from "./icons.tsx";

export type ButtonVariant = "primary" | "secondary" | "danger" | "quiet";

type Look = {
  variant?: ButtonVariant;
  icon?: IconName;
  large?: boolean;
  wide?: boolean;
  children: ReactNode;
};

export type ButtonProps = Omit<AriaButtonProps, "className" | "style" | "children"> & Look;

function classNames(variant: ButtonVariant, large: boolean, wide: boolean): string {
  return `ep-button ep-button-${variant}${large ? " ep-button-large" : ""}${wide ? " ep-button-wide" : ""}`;
}

/**
 * `isPending` keeps the focus where it is, and refuses presses. Not React Aria's own: it announces
 * the button by reference, and points at nothing once the screen has gone on.
 */
export function Button({
  variant = "secondary",
  icon,
  large = false,
  wide = false,
  isPending = false,
  onPress,
  type,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(isPending || !onPress ? {} : { onPress })}
      // Enter in a field must not send the form again.
      type={isPending ? "button" : (type ?? "button")}
      className={`${classNames(variant, large, wide)}${isPending ? " ep-button-pending" : ""}`}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </AriaButton>
  );
}

export type ToggleProps = Omit<AriaToggleButtonProps, "className" | "style" | "children"> & Look;

export function Toggle({
  variant = "secondary",
  icon,
  large = false,
  wide = false,
  children,
  ...rest
}: ToggleProps) {
  return (
    <AriaToggleButton {...rest} className={classNames(variant, large, wide)}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </AriaToggleButton>
  );
}
