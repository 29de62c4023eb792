import { useEffect, useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Stack, Text } from "../../../shared/ui/layout.tsx";
import {
  microphoneAccess,
  type MicrophoneAccess,
  watchMicrophone,
} from "../../../shared/voice/microphone.ts";
import { useWords } from "../words/words.ts";
import { useTalk } from "./talk-context.tsx";

/** Offered once: nothing is left of it when the microphone was allowed. */
export function MicrophoneOffer() {
  const { t } = useWords();
  const { openMicrophonePage } = useTalk();
  const access = useMicrophoneAccess();
  if (access === undefined || access === "granted") return null;
  return (
    <Stack gap="s">
      <Text kind="small">{t(access === "refused" ? "talk.offer.refused" : "talk.offer.text")}</Text>
      <Button icon="voice" wide onPress={() => void openMicrophonePage()}>
        {t(access === "refused" ? "talk.repair" : "talk.allow")}
      </Button>
    </Stack>
  );
}

function useMicrophoneAccess(): MicrophoneAccess | undefined {
  const [access, setAccess] = useState<MicrophoneAccess>();
  useEffect(() => {
    let over = false;
    let stop: (() => void) | undefined;
    const look = async (): Promise<void> => {
      const next = await microphoneAccess();
      if (!over) setAccess(next);
    };
    const watch = async (): Promise<void> => {
      const stopWatching = await watchMicrophone(() => void look());
      if (over) stopWatching();
      else stop = stopWatching;
      await look();
    };
    watch().catch(reportError);
    return () => {
      over = true;
      stop?.();
    };
  }, []);
  return access;
}
