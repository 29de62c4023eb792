import { type ReactNode, useCallback } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { useObservable } from "../store/observable.ts";
import { PhoneCard } from "./phone-card.tsx";
import { useTalkWords } from "./talk-words.ts";
import type { Talk } from "./talk.ts";
import { useHoldToTalk } from "./use-hold-to-talk.ts";
import { ownLine, theirLine } from "./voice-words.ts";

/** The one button of the voice, what opens the rest (`children`), and how it is, in words. */
export function VoiceBar({
  talk,
  label,
  children,
}: {
  talk: Talk;
  label: string;
  children: ReactNode;
}) {
  const { t } = useTalkWords();
  const state = useObservable(talk.state);
  const { voice, preferences, steady } = state;
  const theirs = theirLine(state);
  const isOn = voice.state === "on";
  const isTalking = isOn && preferences.holdToTalk && voice.microphone === "open";
  return (
    <div className="talk-bar">
      <MicrophoneButton talk={talk} />
      {children}
      {voice.playback === "blocked" && isOn && (
        <Button variant="primary" onPress={talk.play}>
          {t("line.play")}
        </Button>
      )}
      <p className="talk-line" role="status" aria-label={t("line.label")}>
        {t(ownLine(state), { label })}
        {theirs && ` ${t(theirs, { label })}`}
        {steady.poor && ` ${t(`poor.${steady.poor}`, { label })}`}
      </p>
      {isOn && preferences.holdToTalk && <Now is={isTalking}>{t("line.talking")}</Now>}
      {isOn && <Now is={voice.peer === "speaking"}>{t("theirs.speaking", { label })}</Now>}
      <PhoneCard talk={talk} label={label} />
    </div>
  );
}

/**
 * Not announced: it changes with every sentence. Its place is kept, so that the mirror does not move
 * with them either.
 */
function Now({ is, children }: { is: boolean; children: string }) {
  return (
    <p className="talk-now" data-is={is}>
      {children}
    </p>
  );
}

function MicrophoneButton({ talk }: { talk: Talk }) {
  const { t } = useTalkWords();
  const { voice, muted, preferences } = useObservable(talk.state);
  const { microphone } = voice;
  const set = useCallback((talking: boolean) => void talk.hold(talking), [talk]);
  const canTalk = voice.state === "on" && (microphone === "open" || microphone === "muted");
  const hold = useHoldToTalk(preferences.holdToTalk && canTalk, set);
  if (voice.state === "off" || voice.state === "unavailable") return null;
  if (microphone === "unasked" || microphone === "refused" || microphone === "none")
    return (
      <Button icon="voice" onPress={() => void talk.askMicrophone()}>
        {t("microphone.ask")}
      </Button>
    );
  if (preferences.holdToTalk)
    return (
      <Button
        icon={muted ? "silence" : "voice"}
        variant={muted ? "secondary" : "primary"}
        isDisabled={!canTalk}
        onPressStart={hold.press}
        onPressEnd={hold.release}
      >
        {t("microphone.hold")}
      </Button>
    );
  return (
    <Button
      icon={muted ? "silence" : "voice"}
      isDisabled={!canTalk}
      onPress={() => void talk.setMuted(!muted)}
    >
      {t(muted ? "microphone.unmute" : "microphone.mute")}
    </Button>
  );
}
