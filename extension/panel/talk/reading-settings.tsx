import { useId } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Stack } from "../../../shared/ui/layout.tsx";
import { Disclosure } from "../parts/disclosure.tsx";
import { useWords } from "../words/words.ts";
import { useTalk } from "./talk-context.tsx";
import type { Reader } from "./use-read-aloud.ts";

const SPEEDS = ["slow", "normal", "fast"] as const;

/** The browser's own voice: off until the person wants it, and remembered. */
export function ReadingSettings({ name, reader }: { name: string; reader: Reader }) {
  const { t } = useWords();
  const { send, settings } = useTalk();
  const speed = useId();
  return (
    <Disclosure title={t("talk.read.open")}>
      <Stack>
        <Check
          label={t("talk.read.messages", { name })}
          checked={settings.readMessages}
          onChange={(readMessages) => send({ type: "settings.change", change: { readMessages } })}
        />
        <Check
          label={t("talk.read.highlights", { name })}
          checked={settings.readHighlights}
          onChange={(readHighlights) =>
            send({ type: "settings.change", change: { readHighlights } })
          }
        />
        <div className="ep-field">
          <label className="ep-label" htmlFor={speed}>
            {t("talk.read.speed")}
          </label>
          <select
            id={speed}
            className="ep-input"
            defaultValue={settings.readSpeed}
            onChange={(event) => {
              const readSpeed = SPEEDS.find((one) => one === event.target.value);
              if (readSpeed) send({ type: "settings.change", change: { readSpeed } });
            }}
          >
            {SPEEDS.map((one) => (
              <option key={one} value={one}>
                {t(`talk.read.speeds.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <Button wide onPress={() => reader.read(t("talk.read.example"))}>
          {t("talk.read.try")}
        </Button>
      </Stack>
    </Disclosure>
  );
}

function Check({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="ep-check">
      <input
        type="checkbox"
        // What was ticked stays ticked while the host hears of it.
        defaultChecked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
