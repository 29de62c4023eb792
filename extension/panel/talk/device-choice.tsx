import { useId } from "react";

import type { MediaDevice } from "../../../shared/voice/microphone.ts";
import { useWords } from "../words/words.ts";
import { useTalk } from "./talk-context.tsx";

/** Where there is nothing to choose, nothing is shown. */
export function DeviceChoice({
  kind,
  devices,
}: {
  kind: "microphone" | "speaker";
  devices: readonly MediaDevice[];
}) {
  const { t } = useWords();
  const { send, settings } = useTalk();
  const id = useId();
  if (devices.length < 2) return null;
  const chosen = settings[kind];
  const value = devices.some((device) => device.id === chosen) ? chosen : "";
  return (
    <div className="ep-field">
      <label className="ep-label" htmlFor={id}>
        {t(`talk.sound.${kind}`)}
      </label>
      <select
        id={id}
        className="ep-input"
        defaultValue={value}
        onChange={(event) =>
          send({ type: "settings.change", change: { [kind]: event.target.value || null } })
        }
      >
        <option value="">{t("talk.sound.usual")}</option>
        {devices.map((device, at) => (
          <option key={device.id} value={device.id}>
            {device.label || t("talk.sound.unnamed", { count: at + 1 })}
          </option>
        ))}
      </select>
    </div>
  );
}
