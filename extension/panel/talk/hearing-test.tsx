import { useEffect, useState } from "react";

import {
  endHearing,
  endsOf,
  type Hearing,
  hearingWords,
  nextHearing,
} from "../../../shared/talk/hearing.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Stack } from "../../../shared/ui/layout.tsx";
import type { VoiceView } from "../../messaging/talk-view.ts";
import { useWords } from "../words/words.ts";

const PATIENCE_MS = 8_000;

/** « Est-ce qu'on m'entend ? » The answer is the other end's own ([A7]). */
export function HearingTest({ voice, name }: { voice: VoiceView; name: string }) {
  const { t } = useWords();
  const [before, setHearing] = useState<Hearing>("none");
  const ends = endsOf(voice, voice.theirs);
  const hearing = nextHearing(before, ends);
  if (hearing !== before) setHearing(hearing);
  const isTrying = hearing === "running" && ends.isOpen;

  useEffect(() => {
    if (!isTrying) return undefined;
    const timer = setTimeout(() => setHearing(endHearing), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isTrying]);

  const words = hearingWords(hearing, ends);
  return (
    <Stack gap="s">
      <Button wide onPress={() => setHearing("running")}>
        {t("talk.sound.test")}
      </Button>
      <p role="status">{words && t(`talk.sound.${words}`, { name })}</p>
    </Stack>
  );
}
