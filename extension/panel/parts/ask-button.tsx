import { useId } from "react";

import type { ButtonVariant } from "../../../shared/ui/button.tsx";
import { Notice } from "../../../shared/ui/layout.tsx";
import { usePanel } from "../panel-context.ts";
import { useWords } from "../words/words.ts";
import { InertButton } from "./inert-button.tsx";

/**
 * Inert, with the reason beside it, on a page that can't be shown. `known`: what would be shown is
 * known otherwise where the browser does not tell.
 */
export function AskButton({
  variant = "primary",
  known = false,
  children,
  onPress,
}: {
  variant?: ButtonVariant;
  known?: boolean;
  children: string;
  onPress: () => void;
}) {
  const { t } = useWords();
  const { page } = usePanel();
  const why = useId();
  const inert = page.is === "refused" || (page.is === "unknown" && !known);
  return (
    <>
      <InertButton variant={variant} icon="phone" inert={inert} why={why} onPress={onPress}>
        {children}
      </InertButton>
      {inert && (
        <div id={why}>
          {page.is === "refused" ? (
            <Notice kind="info" title={t("page.refusedTitle")}>
              {t("page.refused")}
            </Notice>
          ) : (
            <Notice kind="info" title={t("page.unknownTitle")}>
              {t("page.unknown")}
            </Notice>
          )}
        </div>
      )}
    </>
  );
}
