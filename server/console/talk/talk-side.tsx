import { useEffect, useState } from "react";

import { Toggle } from "../../../shared/ui/button.tsx";
import { useObservable } from "../store/observable.ts";
import { useTalkWords } from "./talk-words.ts";
import type { Talk } from "./talk.ts";

/** Opens the voice and the messages; says aloud what comes while they are closed. */
export function TalkToggles({
  talk,
  label,
  open,
  onOpen,
}: {
  talk: Talk;
  label: string;
  open: "voice" | "texts" | undefined;
  onOpen: (side: "voice" | "texts" | undefined) => void;
}) {
  const { t } = useTalkWords();
  const { texts } = useObservable(talk.state);
  const theirs = texts.filter(({ from }) => from === "other");
  const [read, setRead] = useState(0);
  const isReading = open === "texts";
  useEffect(() => {
    if (isReading) setRead(theirs.length);
  }, [isReading, theirs.length]);
  const unread = isReading ? 0 : theirs.length - read;
  const last = theirs.at(-1);
  return (
    <>
      <Toggle
        isSelected={open === "voice"}
        onChange={() => onOpen(open === "voice" ? undefined : "voice")}
      >
        {t("settings.open")}
      </Toggle>
      <Toggle
        icon="mail"
        variant={unread > 0 ? "primary" : "secondary"}
        isSelected={isReading}
        onChange={() => onOpen(isReading ? undefined : "texts")}
      >
        {unread > 0 ? t("texts.unread", { count: unread }) : t("texts.open")}
      </Toggle>
      <p className="talk-aloud" role="status">
        {/* The same words again are another message: said again. */}
        {last && <span key={last.id}>{t("texts.came", { label, words: last.words })}</span>}
      </p>
    </>
  );
}
