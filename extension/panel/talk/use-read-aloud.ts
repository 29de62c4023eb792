import { useEffect, useRef, useState } from "react";

import { createReadAloud, type ReadAloud } from "../../talk/read-aloud.ts";
import { useWords } from "../words/words.ts";
import { useTalk } from "./talk-context.tsx";

export type Reader = {
  isSpeaking: boolean;
  /** There is no voice on this computer that reads the person's language. */
  isUnable: boolean;
  /** Instead of what is being said. */
  read: (words: string) => void;
  stop: () => void;
};

/**
 * Reads aloud what the other end says from now on, where the person chose so. `shown`: what the
 * helper shows on the page.
 */
export function useReadAloud(shown: string): Reader {
  const { language } = useWords();
  const { talk, settings } = useTalk();
  const [isSpeaking, setSpeaking] = useState(false);
  const [isUnable, setUnable] = useState(false);
  const reader = useRef<ReadAloud>(undefined);
  reader.current ??= createReadAloud({
    // Not every browser has it, and nothing else may fail for that.
    speech: globalThis.speechSynthesis,
    createUtterance: (words) => new SpeechSynthesisUtterance(words),
    changed(speaking) {
      setSpeaking(speaking);
      if (speaking) setUnable(false);
    },
    unable: () => setUnable(true),
  });
  const { readMessages, readHighlights, readSpeed: speed } = settings;
  const texts = talk?.texts;
  const read = useRef(new Set(texts?.map(({ id }) => id)));
  const last = useRef(shown);

  useEffect(() => {
    for (const { id, from, words } of texts ?? []) {
      if (read.current.has(id)) continue;
      read.current.add(id);
      if (from === "other" && readMessages) reader.current?.read(words, { language, speed });
    }
  }, [texts, readMessages, language, speed]);

  useEffect(() => {
    if (last.current === shown) return;
    last.current = shown;
    if (shown !== "" && readHighlights) reader.current?.read(shown, { language, speed });
  }, [shown, readHighlights, language, speed]);

  useEffect(() => () => reader.current?.stop(), []);

  return {
    isSpeaking,
    isUnable,
    read(words) {
      reader.current?.stop();
      reader.current?.read(words, { language, speed });
    },
    stop: () => reader.current?.stop(),
  };
}
