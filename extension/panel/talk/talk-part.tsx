import { Messages } from "./messages.tsx";
import { NumberPart } from "./number-part.tsx";
import { useTalk } from "./talk-context.tsx";
import { useReadAloud } from "./use-read-aloud.ts";
import { VoiceCard } from "./voice-card.tsx";
import { isVoiceless } from "./voice-words.ts";

/** Beside what is seen: voice, messages, and the telephone where there is no voice. */
export function TalkPart({ name, sees, shown }: { name: string; sees: boolean; shown: string }) {
  const { talk } = useTalk();
  const reader = useReadAloud(shown);
  if (!talk) return null;
  const { voice, texts, numberGiven } = talk;
  return (
    <>
      {voice && <VoiceCard voice={voice} name={name} sees={sees} />}
      <Messages texts={texts} name={name} reader={reader} />
      <NumberPart name={name} given={numberGiven} wanted={isVoiceless(voice)} />
    </>
  );
}
