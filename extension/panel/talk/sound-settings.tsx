import { useEffect, useId, useState } from "react";

import { Stack } from "../../../shared/ui/layout.tsx";
import type { VoiceView } from "../../messaging/talk-view.ts";
import { Disclosure } from "../parts/disclosure.tsx";
import { useWords } from "../words/words.ts";
import { DeviceChoice } from "./device-choice.tsx";
import { HearingTest } from "./hearing-test.tsx";
import { LevelBar } from "./level-bar.tsx";
import { useTalk } from "./talk-context.tsx";

/** The test, the devices and the line: for whoever looks for them. */
export function SoundSettings({ voice, name }: { voice: VoiceView; name: string }) {
  const { t } = useWords();
  return (
    <Disclosure title={t("talk.sound.open")} lazy>
      <Stack>
        <HearingTest voice={voice} name={name} />
        <InputLevel />
        <Volume name={name} />
        <DeviceChoice kind="microphone" devices={voice.microphones} />
        <DeviceChoice kind="speaker" devices={voice.speakers} />
        <dl className="ep-details">
          <div>
            <dt>{t("talk.sound.lineMine")}</dt>
            <dd>{t(`talk.sound.lines.${voice.line}`)}</dd>
          </div>
          {voice.theirs && (
            <div>
              <dt>{t("talk.sound.lineTheirs", { name })}</dt>
              <dd>{t(`talk.sound.lines.${voice.theirs.line}`)}</dd>
            </div>
          )}
        </dl>
      </Stack>
    </Disclosure>
  );
}

/** The session host measures only while this is there. */
function InputLevel() {
  const { t } = useWords();
  const { send, listenLevel } = useTalk();
  const [level, setLevel] = useState(0);
  useEffect(() => {
    send({ type: "voice.level", show: true });
    const stop = listenLevel(setLevel);
    return () => {
      stop();
      send({ type: "voice.level", show: false });
    };
  }, [send, listenLevel]);
  return (
    <div className="ep-field">
      <p className="ep-label">{t("talk.sound.level")}</p>
      <LevelBar label={t("talk.sound.level")} level={level * 2} />
    </div>
  );
}

function Volume({ name }: { name: string }) {
  const { t } = useWords();
  const { send, settings } = useTalk();
  const id = useId();
  return (
    <div className="ep-field">
      <label className="ep-label" htmlFor={id}>
        {t("talk.sound.volume", { name })}
      </label>
      <input
        id={id}
        className="ep-range"
        type="range"
        min={0}
        max={100}
        step={10}
        defaultValue={settings.volume * 100}
        onChange={(event) =>
          send({ type: "settings.change", change: { volume: event.target.valueAsNumber / 100 } })
        }
      />
    </div>
  );
}
