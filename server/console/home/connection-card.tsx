import { Button } from "../../../shared/ui/button.tsx";
import { Notice, Row } from "../../../shared/ui/layout.tsx";
import type { Desk } from "../app/desk.ts";
import { useWords } from "../locales/words.ts";
import { useObservable } from "../store/observable.ts";

/** Whether a call would ring here now, in a whole sentence. */
export function ConnectionCard({ desk }: { desk: Desk }) {
  const { t } = useWords();
  const connection = useObservable(desk.connection);
  const kind = {
    online: "success",
    connecting: "info",
    offline: "warn",
    stopped: "error",
  } as const;
  return (
    <Notice kind={kind[connection]} title={t(`connection.${connection}`)}>
      <p>{t(`connection.${connection}Text`)}</p>
      {connection === "stopped" && (
        <Row>
          <Button onPress={() => desk.socket.reconnect()}>{t("connection.reconnect")}</Button>
        </Row>
      )}
    </Notice>
  );
}
