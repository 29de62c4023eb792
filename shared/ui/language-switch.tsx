import { useTranslation } from "react-i18next";

import type { ErrorCode } from "../errors.ts";
import { Button } from "./button.tsx";
import { rememberLanguage } from "./i18n.ts";

/** One button that names the other language, in that language. */
export function LanguageSwitch() {
  const { i18n } = useTranslation("ui");
  const other = i18n.language === "en" ? "fr" : "en";
  return (
    <span lang={other}>
      <Button
        variant="quiet"
        onPress={() => {
          rememberLanguage(other);
          void i18n.changeLanguage(other);
        }}
      >
        {other === "fr" ? "Français" : "English"}
      </Button>
    </span>
  );
}

/** Codes into words: `errorText("AWAY")`. */
export function useErrorText(): (code: ErrorCode) => string {
  const { t } = useTranslation("ui");
  return (code) => t(`error.${code}`);
}
