import { useEffect, useId, useState } from "react";
import { Checkbox } from "react-aria-components";

import { Button } from "../../../shared/ui/button.tsx";
import { Heading, Text } from "../../../shared/ui/layout.tsx";
import { useObservable } from "../store/observable.ts";
import { HearingTest } from "./hearing-test.tsx";
import { useTalkWords } from "./talk-words.ts";
import type { Devices, Talk } from "./talk.ts";

/** Hearing test, volume, devices, input level, and both lines in words. */
export function VoicePanel({
  talk,
  label,
  onClose,
}: {
  talk: Talk;
  label: string;
  onClose: () => void;
}) {
  const { t } = useTalkWords();
  const { voice, theirs, preferences, devices } = useObservable(talk.state);
  const isOn = voice.state === "on";
  return (
    <section className="ses-list" aria-label={t("settings.title")}>
      <div className="ses-list-head">
        <Heading level={2} focus>
          {t("settings.title")}
        </Heading>
        <Button variant="quiet" onPress={onClose}>
          {t("settings.close")}
        </Button>
      </div>
      {!isOn && <Text kind="soft">{t("settings.off")}</Text>}
      {isOn && (
        <>
          <HearingTest talk={talk} label={label} />
          <Level talk={talk} />
          <label className="talk-field">
            <span className="ep-label">{t("settings.volume", { label })}</span>
            <input
              className="talk-slider"
              type="range"
              min={0}
              max={100}
              step={5}
              value={Math.round(preferences.volume * 100)}
              onChange={(event) => talk.setVolume(Number(event.target.value) / 100)}
            />
          </label>
          <DeviceChoice
            label={t("settings.microphone")}
            devices={devices.microphones}
            chosen={preferences.microphone}
            onChoose={(id) => void talk.setMicrophone(id)}
          />
          <DeviceChoice
            label={t("settings.speaker")}
            devices={devices.speakers}
            chosen={preferences.speaker}
            onChoose={(id) => void talk.setSpeaker(id)}
          />
          <Checkbox
            className="talk-check"
            isSelected={preferences.holdToTalk}
            onChange={(on) => void talk.setHoldToTalk(on)}
          >
            <span className="talk-box" aria-hidden="true" />
            <span>
              {t("settings.hold")}
              <span className="ep-soft ep-small talk-help">{t("settings.holdHelp")}</span>
            </span>
          </Checkbox>
          <Text kind="small">{t("quality.mine", { line: t(`quality.${voice.line}`) })}</Text>
          {theirs && (
            <Text kind="small">
              {t("quality.theirs", { label, line: t(`quality.${theirs.line}`) })}
            </Text>
          )}
        </>
      )}
    </section>
  );
}

function DeviceChoice({
  label,
  devices,
  chosen,
  onChoose,
}: {
  label: string;
  devices: Devices["microphones"];
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
}) {
  const { t } = useTalkWords();
  const id = useId();
  if (devices.length < 2) return null;
  const known = devices.some((device) => device.id === chosen);
  return (
    <div className="talk-field">
      <label className="ep-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="ep-input"
        value={known ? chosen : ""}
        onChange={(event) => onChoose(event.target.value === "" ? undefined : event.target.value)}
      >
        <option value="">{t("settings.byDefault")}</option>
        {devices.map((device, at) => (
          <option key={device.id} value={device.id}>
            {device.label === "" ? `${label} ${at + 1}` : device.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Level({ talk }: { talk: Talk }) {
  const { t } = useTalkWords();
  const [level, setLevel] = useState(0);
  useEffect(() => talk.listenLevel(setLevel), [talk]);
  return (
    <div className="talk-field">
      <label className="ep-label" htmlFor="talk-level">
        {t("settings.level")}
      </label>
      <meter id="talk-level" className="talk-level" min={0} max={1} value={Math.sqrt(level)} />
      <p className="ep-soft ep-small">{t("settings.levelHelp")}</p>
    </div>
  );
}
