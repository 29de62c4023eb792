import { useState } from "react";

import { consentTextFor, renderConsentText } from "../../../shared/grants/consent-text.ts";
import { SESSION_GRANT_MS } from "../../../shared/protocol/limits.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Card, Heading, Notice, Spinner, Stack, Text } from "../../../shared/ui/layout.tsx";
import type { SceneView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { HostList } from "../parts/host-list.tsx";
import { SceneNoticeBox } from "../parts/scene-notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { useWords } from "../words/words.ts";
import { OtherHost } from "./other-host.tsx";

const HOURS = SESSION_GRANT_MS / 3_600_000;

/** The text as it is, but for spaces at which a line must not break. */
function keepSigns(line: string): string {
  return line.replaceAll(/ (?=[:;?!»])|(?<=«) /g, "\u00a0");
}

/** What is read before « J'accepte », and the two answers, which weigh the same. */
export function ConsentScene({ scene }: { scene: Extract<SceneView, { at: "consent" }> }) {
  const { t, language } = useWords();
  const { send, requestHosts } = usePanel();
  const [isAsking, setAsking] = useState(false);
  const { person, hosts, busy } = scene;
  const text = consentTextFor(language);

  /** In the click's own task, or the browser refuses to ask. */
  function accept(): void {
    const asked = [...hosts];
    setAsking(true);
    const answer = (granted: boolean): void => {
      setAsking(false);
      send(
        granted
          ? { type: "help.accept", hosts: asked, text: text.hash }
          : { type: "help.permission-refused" },
      );
    };
    requestHosts(asked).then(answer, () => answer(false));
  }

  return (
    <Screen title={t("consent.title", { name: person.name })}>
      <SceneNoticeBox notice={scene.notice} />
      <Card>
        <div className="ep-agreement">
          {renderConsentText(text, { helper: person.name, hosts, hours: HOURS }).map((line) => (
            <p key={line}>{keepSigns(line)}</p>
          ))}
        </div>
      </Card>
      {scene.told !== undefined && (
        <Notice kind="info">{t("consent.told", { name: person.name, trusted: scene.told })}</Notice>
      )}
      <Stack gap="s">
        <Heading level={2}>{t("consent.hosts", { count: hosts.length })}</Heading>
        <HostList hosts={hosts} />
        {!busy && !isAsking && <OtherHost hosts={hosts} />}
      </Stack>
      <Stack>
        {isAsking ? (
          <Notice kind="info" live="assertive">
            {t("consent.asking")}
          </Notice>
        ) : (
          <Text>{t("consent.browser")}</Text>
        )}
        {busy ? (
          <Spinner>{t("consent.busy", { name: person.name })}</Spinner>
        ) : (
          <>
            <Button large wide isPending={isAsking} onClick={accept}>
              {t("consent.accept")}
            </Button>
            <Button large wide onPress={() => send({ type: "panel.home" })}>
              {t("consent.refuse")}
            </Button>
          </>
        )}
      </Stack>
    </Screen>
  );
}
