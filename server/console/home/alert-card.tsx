import { useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Card, Heading, Row, Stack, Text } from "../../../shared/ui/layout.tsx";
import type { Chime } from "../calls/alert/chime.ts";
import { useWords } from "../locales/words.ts";

/** What can be done so that a ring is not missed: the sound, and the browser's notifications. */
export function AlertCard({ chime, onAllowed }: { chime: Chime; onAllowed: () => void }) {
  const { t } = useWords();
  const canNotify = "Notification" in globalThis;
  const [permission, setPermission] = useState(canNotify ? Notification.permission : "denied");
  const [sound, setSound] = useState<"heard" | "silent" | "blocked" | undefined>(() =>
    chime.isAllowed() ? undefined : "blocked",
  );

  async function allow(): Promise<void> {
    const answer = await Notification.requestPermission();
    setPermission(answer);
    if (answer === "granted") onAllowed();
  }

  async function tryOut(): Promise<void> {
    setSound((await chime.tryOut()) ? "heard" : "silent");
  }

  return (
    <Card label={t("alert.title")} quiet>
      <Stack>
        <Heading>{t("alert.title")}</Heading>
        {canNotify && permission !== "default" && (
          <Text>{t(permission === "granted" ? "alert.allowed" : "alert.denied")}</Text>
        )}
        <Row>
          {canNotify && permission === "default" && (
            <Button icon="bell" onPress={() => void allow()}>
              {t("alert.allow")}
            </Button>
          )}
          <Button icon="phone" onPress={() => void tryOut()}>
            {t("alert.test")}
          </Button>
        </Row>
        <p role="status" className="con-said ep-soft">
          {sound && t(`alert.${sound}`)}
        </p>
      </Stack>
    </Card>
  );
}
