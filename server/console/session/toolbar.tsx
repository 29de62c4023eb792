import { ToggleButtonGroup } from "react-aria-components";

import { Button, Toggle } from "../../../shared/ui/button.tsx";
import type { IconName } from "../../../shared/ui/icons.tsx";
import type { PlayerMode } from "../player/port.ts";
import { useSessionWords } from "./words.ts";

const TOOLS = [
  { mode: "highlight", icon: "highlight" },
  { mode: "pointer", icon: "pointer" },
  { mode: "draw", icon: "draw" },
] as const satisfies readonly { mode: PlayerMode; icon: IconName }[];

type Tool = (typeof TOOLS)[number]["mode"];

function isTool(key: unknown): key is Tool {
  return TOOLS.some(({ mode }) => mode === key);
}

/** What the helper's mouse does, and what can be taken back. */
export function Toolbar({
  mode,
  onMode,
  onClear,
  onList,
  isListOpen,
}: {
  mode: PlayerMode;
  onMode: (mode: PlayerMode) => void;
  onClear: () => void;
  onList: () => void;
  isListOpen: boolean;
}) {
  const { t } = useSessionWords();
  return (
    <div className="ses-tools">
      <ToggleButtonGroup
        className="ses-group"
        aria-label={t("tools.label")}
        selectionMode="single"
        selectedKeys={mode === "look" ? [] : [mode]}
        onSelectionChange={(keys) => {
          const [key] = keys;
          // Pressing the tool in use again puts it down: then one only looks.
          onMode(isTool(key) ? key : "look");
        }}
      >
        {TOOLS.map((tool) => (
          <Toggle key={tool.mode} id={tool.mode} icon={tool.icon}>
            {t(`tools.${tool.mode}`)}
          </Toggle>
        ))}
      </ToggleButtonGroup>
      <Button icon="clear" onPress={onClear}>
        {t("tools.clear")}
      </Button>
      <Toggle isSelected={isListOpen} onChange={onList}>
        {t("tools.list")}
      </Toggle>
    </div>
  );
}
