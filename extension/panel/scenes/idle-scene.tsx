import { useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Card, Heading, Stack, Text } from "../../../shared/ui/layout.tsx";
import type { BlockedView, PersonView, SceneView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { AskButton } from "../parts/ask-button.tsx";
import { BlockedPeople } from "../parts/blocked-people.tsx";
import { JournalCard } from "../parts/journal-card.tsx";
import { PersonItem } from "../parts/person-item.tsx";
import { SceneNoticeBox } from "../parts/scene-notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { MicrophoneOffer } from "../talk/microphone-offer.tsx";
import { useWords } from "../words/words.ts";
import { ChooseScreen } from "./choose-screen.tsx";

type Idle = Extract<SceneView, { at: "idle" }>;

function canBeCalled(person: PersonView): boolean {
  return !person.ended && !person.paused && person.refusedMinutes === undefined;
}

/** Where everything starts: ask for help, and the people who may give it. */
export function IdleScene({
  scene,
  circle,
  blocked,
  onAdd,
}: {
  scene: Idle;
  circle: readonly PersonView[];
  blocked: readonly BlockedView[];
  onAdd: () => void;
}) {
  const { t } = useWords();
  const { send, openReceipt } = usePanel();
  const [isChoosing, setChoosing] = useState(false);
  const near = circle.filter(canBeCalled);
  const [only] = near;
  const ask = (person: PersonView): void => {
    setChoosing(false);
    send({ type: "help.ask", pairing: person.pairing });
  };

  if (circle.length === 0) return <Welcome scene={scene} blocked={blocked} onAdd={onAdd} />;
  if (isChoosing && near.length > 1)
    return <ChooseScreen people={near} onChoose={ask} onBack={() => setChoosing(false)} />;
  return (
    <Screen title={t("home.title")}>
      <SceneNoticeBox notice={scene.notice} />
      {only ? (
        <Stack gap="s">
          {near.length === 1 ? (
            <AskButton onPress={() => ask(only)}>{t("home.askOne", { name: only.name })}</AskButton>
          ) : (
            <AskButton onPress={() => setChoosing(true)}>{t("home.ask")}</AskButton>
          )}
          <Text kind="small">{t("home.nothingYet")}</Text>
        </Stack>
      ) : (
        <Text>{t("home.nobody")}</Text>
      )}
      <Card label={t("home.circle")}>
        <Stack>
          <Heading level={2}>{t("home.circle")}</Heading>
          <ul className="ep-people">
            {circle.map((person) => (
              <PersonItem
                key={person.pairing}
                person={person}
                trusted={circle.find((one) => one.trusted)}
              />
            ))}
          </ul>
          <Button icon="add" wide onPress={onAdd}>
            {t("home.add")}
          </Button>
        </Stack>
      </Card>
      <BlockedPeople blocked={blocked} />
      <MicrophoneOffer />
      <JournalCard />
      <Button icon="print" wide onPress={openReceipt}>
        {t("receipt.openAll")}
      </Button>
    </Screen>
  );
}

function Welcome({
  scene,
  blocked,
  onAdd,
}: {
  scene: Idle;
  blocked: readonly BlockedView[];
  onAdd: () => void;
}) {
  const { t } = useWords();
  const { journal } = usePanel();
  return (
    <Screen title={t("home.emptyTitle")}>
      <SceneNoticeBox notice={scene.notice} />
      <Text kind="lead">{t("home.empty1")}</Text>
      <Text kind="lead">{t("home.empty2")}</Text>
      <Button variant="primary" icon="add" large wide onPress={onAdd}>
        {t("home.add")}
      </Button>
      <BlockedPeople blocked={blocked} />
      {journal !== "none" && <JournalCard />}
    </Screen>
  );
}
