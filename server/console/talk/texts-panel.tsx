import { useEffect, useRef, useState } from "react";

import { MAX_TEXT_MESSAGE } from "../../../shared/protocol/limits.ts";
import { textMessageSchema } from "../../../shared/protocol/peer.ts";
import type { TextEntry } from "../../../shared/talk/text-log.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Heading, Text } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import { useObservable } from "../store/observable.ts";
import { useTalkWords } from "./talk-words.ts";
import type { Talk } from "./talk.ts";

/** [A8] Short messages both ways, for deaf people and bad lines. */
export function TextsPanel({
  talk,
  label,
  onClose,
}: {
  talk: Talk;
  label: string;
  onClose: () => void;
}) {
  const { t } = useTalkWords();
  const { texts } = useObservable(talk.state);
  const [words, setWords] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const parsed = textMessageSchema.safeParse(words);
  const error =
    words.length > MAX_TEXT_MESSAGE
      ? t("texts.tooLong")
      : words.trim() !== "" && !parsed.success
        ? t("texts.refused")
        : undefined;

  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [texts]);

  return (
    <section className="ses-list" aria-label={t("texts.title", { label })}>
      <div className="ses-list-head">
        <Heading level={2} focus>
          {t("texts.title", { label })}
        </Heading>
        <Button variant="quiet" onPress={onClose}>
          {t("texts.close")}
        </Button>
      </div>
      {texts.length === 0 ? (
        <Text kind="soft">{t("texts.empty", { label })}</Text>
      ) : (
        // Scrolls by keyboard too.
        <ol className="talk-texts" ref={list} tabIndex={0} aria-label={t("texts.title", { label })}>
          {texts.map((entry) => (
            <TextItem key={entry.id} entry={entry} label={label} />
          ))}
        </ol>
      )}
      <form
        className="talk-write"
        onSubmit={(event) => {
          event.preventDefault();
          if (!parsed.success) return;
          talk.say(parsed.data);
          setWords("");
        }}
      >
        <TextField
          label={t("texts.label")}
          value={words}
          onChange={setWords}
          error={error}
          autoComplete="off"
        />
        <Button type="submit" variant="primary" isDisabled={!parsed.success}>
          {t("texts.send")}
        </Button>
      </form>
    </section>
  );
}

function TextItem({ entry, label }: { entry: TextEntry; label: string }) {
  const { t } = useTalkWords();
  const mine = entry.from === "me";
  return (
    <li className={mine ? "talk-text talk-text-mine" : "talk-text"}>
      <span className="ep-soft ep-small">{mine ? t("texts.me") : label}</span>
      <span className="talk-text-words">{entry.words}</span>
      {mine && <span className="ep-soft ep-small">{t(`texts.${entry.state}`)}</span>}
    </li>
  );
}
