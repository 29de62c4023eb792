import { useEffect, useState } from "react";

import {
  endHearing,
  type Hearing,
  hearingWords,
  nextHearing,
} from "../../../shared/talk/hearing.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { useObservable } from "../store/observable.ts";
import { useTalkWords } from "./talk-words.ts";
import type { Talk } from "./talk.ts";
import { testedEnds } from "./voice-words.ts";

const PATIENCE_MS = 8_000;

/** « Est-ce qu'on m'entend ? » The answer is the other end's own ([A7]). */
export function HearingTest({ talk, label }: { talk: Talk; label: string }) {
  const { t } = useTalkWords();
  const state = useObservable(talk.state);
  const { preferences, voice } = state;
  const ends = testedEnds(state);
  const [before, setHearing] = useState<Hearing>("none");
  const hearing = nextHearing(before, ends);
  if (hearing !== before) setHearing(hearing);
  const isTrying = hearing === "running" && ends.isOpen;
  const isMuted = voice.microphone === "muted" && !preferences.holdToTalk;

  useEffect(() => {
    if (!isTrying) return undefined;
    const timer = setTimeout(() => setHearing(endHearing), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isTrying]);

  const words = hearingWords(hearing, ends);
  return (
    <div className="talk-field">
      <Button isDisabled={!ends.isOpen} onPress={() => setHearing("running")}>
        {t("hearing.test")}
      </Button>
      <p role="status">
        {isMuted && t("hearing.muted")}
        {words === "speak" && t(preferences.holdToTalk ? "hearing.hold" : "hearing.speak")}
        {words === "heard" && t("hearing.heard", { label })}
        {words === "notHeard" && t("hearing.notHeard", { label })}
      </p>
    </div>
  );
}
