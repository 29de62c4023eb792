import { Button } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icons.tsx";
import { Heading, Notice, Stack, Text } from "../../../shared/ui/layout.tsx";
import type { VoiceView } from "../../messaging/talk-view.ts";
import { useWords } from "../words/words.ts";
import { SoundSettings } from "./sound-settings.tsx";
import { useTalk } from "./talk-context.tsx";
import { isLineBad, theirSilence, voiceNow } from "./voice-words.ts";

/** Is my microphone open, can they hear me, and what do I do if not. */
export function VoiceCard({
  voice,
  name,
  sees,
}: {
  voice: VoiceView;
  name: string;
  sees: boolean;
}) {
  const { t } = useWords();
  const now = voiceNow(voice);
  const isOn = voice.state === "on";
  const isOpen = now === "heard" || now === "open" || now === "alone";
  const silence = theirSilence(voice);
  return (
    <section
      className={isOpen ? "ep-voice ep-voice-open" : "ep-voice"}
      aria-label={t("talk.title", { name })}
    >
      <Heading level={2}>{t("talk.title", { name })}</Heading>
      <p className="ep-state-now" role="status">
        <Icon name={isOpen ? "voice" : "silence"} />
        <span>{t(`talk.now.${now}`, { name })}</span>
      </p>
      <VoiceButton voice={voice} />
      {isOn && voice.playback === "blocked" && <Blocked name={name} />}
      {isOn && !sees && <Text>{t("talk.paused", { name })}</Text>}
      {silence && <Text>{t(`talk.theirs.${silence}`, { name })}</Text>}
      {isLineBad(voice) && <Text>{t("talk.badLine")}</Text>}
      {isOn && <SoundSettings voice={voice} name={name} />}
    </section>
  );
}

function VoiceButton({ voice }: { voice: VoiceView }) {
  const { t } = useWords();
  const { send, openMicrophonePage } = useTalk();
  const { state, microphone } = voice;
  if (microphone === "open" || microphone === "muted") {
    const muted = !voice.muted;
    return (
      <Button
        icon={muted ? "silence" : "voice"}
        wide
        onPress={() => send({ type: "voice.mute", muted })}
      >
        {t(muted ? "talk.mute" : "talk.unmute")}
      </Button>
    );
  }
  // Not known yet, or of no use.
  if (microphone === "unasked" && state !== "on") return null;
  return (
    <Button icon="voice" wide onPress={() => void openMicrophonePage()}>
      {t(microphone === "unasked" ? "talk.allow" : "talk.repair")}
    </Button>
  );
}

function Blocked({ name }: { name: string }) {
  const { t } = useWords();
  const { send } = useTalk();
  return (
    <Notice kind="warn" live="polite">
      <Stack gap="s">
        <p>{t("talk.blocked")}</p>
        <Button onPress={() => send({ type: "voice.play" })}>{t("talk.play", { name })}</Button>
      </Stack>
    </Notice>
  );
}
