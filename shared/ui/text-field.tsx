import type { InputHTMLAttributes, Ref } from "react";
import {
  FieldError,
  Input,
  Label,
  Text,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from "react-aria-components";

import { Icon } from "./icons.tsx";

export type TextFieldProps = Omit<AriaTextFieldProps, "className" | "style" | "children"> & {
  label: string;
  description?: string | undefined;
  /** In words, and only once the person has had a chance to finish. */
  error?: string | undefined;
  placeholder?: string;
  autoComplete?: InputHTMLAttributes<HTMLInputElement>["autoComplete"];
  inputRef?: Ref<HTMLInputElement>;
};

export function TextField({
  label,
  description,
  error,
  placeholder,
  inputRef,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField {...rest} className="ep-field" isInvalid={error !== undefined}>
      <Label className="ep-label">{label}</Label>
      {description !== undefined && (
        <Text slot="description" className="ep-field-help">
          {description}
        </Text>
      )}
      <Input
        className="ep-input"
        {...(inputRef ? { ref: inputRef } : {})}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      <FieldError className="ep-field-error">
        <Icon name="error" />
        <span>{error}</span>
      </FieldError>
    </AriaTextField>
  );
}
