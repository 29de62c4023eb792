import { type FormEvent, useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Text } from "../../../shared/ui/layout.tsx";
import { TextField } from "../../../shared/ui/text-field.tsx";
import { Disclosure } from "../parts/disclosure.tsx";
import { useWords } from "../words/words.ts";
import { readNumber } from "./read-number.ts";
import { useTalk } from "./talk-context.tsx";

/** [A9] Typed once, kept here, given by a gesture and for one session. */
export function NumberPart({
  name,
  given,
  wanted,
}: {
  name: string;
  given: boolean;
  wanted: boolean;
}) {
  const { t } = useWords();
  const { send, settings } = useTalk();
  const [choice, setChoice] = useState<boolean>();
  const [hasJustGiven, setJustGiven] = useState(false);
  return (
    <div>
      <p role="status">
        {given && t("talk.number.given", { name, number: settings.number ?? "" })}
      </p>
      {given ? (
        // The form that had the focus is gone.
        <Button wide autoFocus={hasJustGiven} onPress={() => send({ type: "number.take-back" })}>
          {t("talk.number.takeBack")}
        </Button>
      ) : (
        <Disclosure
          title={t("talk.number.open")}
          isOpen={choice ?? wanted}
          onOpenChange={setChoice}
        >
          <NumberForm
            key={settings.number}
            name={name}
            saved={settings.number}
            onGive={() => setJustGiven(true)}
          />
        </Disclosure>
      )}
    </div>
  );
}

function NumberForm({
  name,
  saved,
  onGive,
}: {
  name: string;
  saved: string | undefined;
  onGive: () => void;
}) {
  const { t } = useWords();
  const { send } = useTalk();
  const [text, setText] = useState(saved ?? "");
  const [isWrong, setWrong] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const number = readNumber(text);
    setWrong(number === undefined);
    if (number === undefined) return;
    onGive();
    send({ type: "number.give", number });
  }

  return (
    <form className="ep-stack ep-gap-s" onSubmit={submit} noValidate>
      <Text kind="small">{t("talk.number.why", { name })}</Text>
      <TextField
        label={t("talk.number.field")}
        description={t("talk.number.help")}
        type="tel"
        autoComplete="tel"
        value={text}
        onChange={(next) => {
          setText(next);
          setWrong(false);
        }}
        {...(isWrong ? { error: t("talk.number.wrong") } : {})}
      />
      <Button type="submit" icon="phone" wide>
        {t("talk.number.give", { name })}
      </Button>
      {saved !== undefined && (
        <Button
          variant="quiet"
          wide
          onPress={() => send({ type: "settings.change", change: { number: null } })}
        >
          {t("talk.number.forget")}
        </Button>
      )}
    </form>
  );
}
