import { useEffect, useId, useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icons.tsx";
import { Card, Heading, Stack, Text } from "../../../shared/ui/layout.tsx";
import type { SceneView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { WhoIsThis } from "../parts/helper-card.tsx";
import { HostList } from "../parts/host-list.tsx";
import { InertButton } from "../parts/inert-button.tsx";
import { ReceiptButton } from "../parts/receipt-button.tsx";
import { Screen } from "../parts/screen.tsx";
import { TalkPart } from "../talk/talk-part.tsx";
import { keysInWords } from "../words/key-names.ts";
import { HOLD_WORDS } from "../words/word-keys.ts";
import { useWords } from "../words/words.ts";

type Live = Extract<SceneView, { at: "live" }>;

/** Who sees what, on which addresses, and how to stop. */
export function LiveScene({ scene }: { scene: Live }) {
  const { t } = useWords();
  const { send } = usePanel();
  const { person, sees, hold, link } = scene;
  const { name } = person;
  const title = sees ? "sees" : link === "opening" && !hold ? "joining" : "held";
  const linkWords = t(`live.link.${link}`, { name });
  const why = hold && t(HOLD_WORDS[hold], { name });
  const now = sees ? t("live.sees") : (why ?? linkWords);
  return (
    <Screen title={t(`live.title.${title}`, { name })} said={now}>
      <Button
        variant="danger"
        icon="stop"
        large
        wide
        onPress={() => send({ type: "session.stop" })}
      >
        {t("live.stop")}
      </Button>
      <PauseOrResume scene={scene} />
      <StopKeys />
      <div className={sees ? "ep-state ep-state-seen" : "ep-state"}>
        <p className="ep-state-now">
          <Icon name={sees ? "sees" : "hidden"} />
          <span>{now}</span>
        </p>
        <p>{t("live.hosts")}</p>
        <HostList hosts={scene.hosts} />
        {now !== linkWords && <Text kind="small">{linkWords}</Text>}
      </div>
      <LastHighlight scene={scene} />
      <TalkPart
        name={name}
        sees={sees}
        shown={scene.highlight?.text || scene.highlight?.name || ""}
      />
      <WhoIsThis person={person} live />
      <ReceiptButton live={name} />
    </Screen>
  );
}

/** Read again each time that the panel gets the focus: the browser lets the person change it. */
function StopKeys() {
  const { t, language } = useWords();
  const { stopShortcut } = usePanel();
  const [shortcut, setShortcut] = useState<string>();
  useEffect(() => {
    const read = (): void => {
      stopShortcut().then(setShortcut, () => setShortcut(undefined));
    };
    read();
    addEventListener("focus", read);
    return () => removeEventListener("focus", read);
  }, [stopShortcut]);
  if (shortcut === undefined) return null;
  return <Text kind="small">{t("live.keys", { keys: keysInWords(shortcut, language) })}</Text>;
}

function PauseOrResume({ scene }: { scene: Live }) {
  const { t } = useWords();
  const { send } = usePanel();
  const why = useId();
  if (!scene.needsGesture)
    return (
      <Button icon="pause" large wide onPress={() => send({ type: "session.pause" })}>
        {t("live.pause")}
      </Button>
    );
  return (
    <Stack gap="s">
      <InertButton
        icon="resume"
        inert={scene.needsPage}
        why={why}
        onPress={() => send({ type: "session.resume" })}
      >
        {t("live.resume")}
      </InertButton>
      {scene.needsPage && (
        <div id={why}>
          <Text>{t("live.needsPage")}</Text>
        </div>
      )}
    </Stack>
  );
}

/** The page says it too, in its own live region: here it only stays to be read again. */
function LastHighlight({ scene }: { scene: Live }) {
  const { t } = useWords();
  const { highlight, person } = scene;
  if (!highlight) return null;
  const { text, name: element, state } = highlight;
  const title = t("live.shown", { name: person.name });
  return (
    <Card label={title}>
      <Stack gap="s">
        <Heading level={2}>{title}</Heading>
        <p className="ep-said">{text === "" ? t("live.noText", { name: person.name }) : text}</p>
        {element !== undefined && element !== "" && <Text>{t("live.onElement", { element })}</Text>}
        {state !== undefined && <Text kind="soft">{t(`live.states.${state}`)}</Text>}
      </Stack>
    </Card>
  );
}
