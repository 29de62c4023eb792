import { type FormEvent, useEffect, useRef, useState } from "react";

import { MAX_TEXT_MESSAGE } from "../../../shared/protocol/limits.ts";
import { textMessageSchema } from "../../../shared/protocol/peer.ts";
import type { TextEntry } from "../../../shared/talk/text-log.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Stack } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import { Disclosure } from "../parts/disclosure.tsx";
import { useWords } from "../words/words.ts";
import { ReadingSettings } from "./reading-settings.tsx";
import { useTalk } from "./talk-context.tsx";
import type { Reader } from "./use-read-aloud.ts";

/** What the two write to each other. It opens by itself when there is something to read. */
export function Messages({
  texts,
  name,
  reader,
}: {
  texts: readonly TextEntry[];
  name: string;
  reader: Reader;
}) {
  const { t } = useWords();
  const count = texts.length;
  const [isOpen, setOpen] = useState(count > 0);
  const list = useRef<HTMLOListElement>(null);
  const last = texts.findLast(({ from }) => from === "other");
  useEffect(() => {
    if (count > 0) setOpen(true);
    // The list alone: what the person reads elsewhere stays where it is.
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);

  return (
    <section aria-label={t("talk.texts.opened")}>
      <Disclosure
        title={t(count > 0 ? "talk.texts.opened" : "talk.texts.open")}
        isOpen={isOpen}
        onOpenChange={setOpen}
      >
        <Stack>
          {count > 0 && (
            <ol
              ref={list}
              className="ep-texts"
              aria-label={t("talk.texts.opened")}
              // It scrolls: the keyboard has to get there.
              tabIndex={0}
            >
              {texts.map((text) => (
                <Message key={`${text.from}${text.id}`} text={text} name={name} reader={reader} />
              ))}
            </ol>
          )}
          {reader.isSpeaking && (
            <Button icon="stop" wide onPress={reader.stop}>
              {t("talk.texts.stop")}
            </Button>
          )}
          <WriteField name={name} />
          <ReadingSettings name={name} reader={reader} />
        </Stack>
      </Disclosure>
      <p role="status">{reader.isUnable && t("talk.read.noVoice")}</p>
      <p className="ep-hidden" role="status">
        {last && t("talk.texts.came", { name, words: last.words })}
      </p>
    </section>
  );
}

function Message({ text, name, reader }: { text: TextEntry; name: string; reader: Reader }) {
  const { t } = useWords();
  const { from, words, state } = text;
  return (
    <li className={from === "me" ? "ep-text ep-text-me" : "ep-text"}>
      <p className="ep-text-who">{from === "me" ? t("talk.texts.me") : name}</p>
      <p className="ep-text-words">{words}</p>
      {from === "me" ? (
        <p className="ep-text-who">{t(`talk.texts.${state}`)}</p>
      ) : (
        <Button
          variant="quiet"
          aria-label={t("talk.texts.listenTo", { words })}
          onPress={() => reader.read(words)}
        >
          {t("talk.texts.listen")}
        </Button>
      )}
    </li>
  );
}

function WriteField({ name }: { name: string }) {
  const { t } = useWords();
  const { send } = useTalk();
  const [words, setWords] = useState("");
  const [problem, setProblem] = useState<"empty" | "long" | "odd">();

  function submit(event: FormEvent): void {
    event.preventDefault();
    const said = textMessageSchema.safeParse(words);
    if (!said.success) {
      const { length } = words.trim();
      return setProblem(length === 0 ? "empty" : length > MAX_TEXT_MESSAGE ? "long" : "odd");
    }
    send({ type: "text.say", words: said.data });
    setWords("");
    setProblem(undefined);
  }

  return (
    <form className="ep-stack ep-gap-s" onSubmit={submit} noValidate>
      <TextField
        label={t("talk.texts.field", { name })}
        value={words}
        onChange={(next) => {
          setWords(next);
          setProblem(undefined);
        }}
        autoComplete="off"
        {...(problem ? { error: t(`talk.texts.${problem}`) } : {})}
      />
      <Button type="submit" wide>
        {t("talk.texts.send")}
      </Button>
    </form>
  );
}
