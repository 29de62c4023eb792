import { Button } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icons.tsx";
import { Stack, Text } from "../../../shared/ui/layout.tsx";
import type { PersonView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { useWords } from "../words/words.ts";
import { WhoIsThis } from "./helper-card.tsx";

/** Someone of the circle, under the name that the beneficiary chose. */
export function PersonItem({ person }: { person: PersonView }) {
  const { t } = useWords();
  const { send } = usePanel();
  const { name } = person;
  return (
    <li className="ep-person">
      <p className="ep-person-name">
        <Icon name="person" />
        <span>{name}</span>
      </p>
      {person.refusedMinutes !== undefined && (
        <Text kind="small">{t("person.refused", { count: person.refusedMinutes })}</Text>
      )}
      {person.ended ? (
        <Stack gap="s">
          <Text kind="small">{t("person.ended")}</Text>
          <Button
            onPress={() => send({ type: "circle.end", pairing: person.pairing, block: false })}
          >
            {t("remove.gone")}
          </Button>
        </Stack>
      ) : (
        <WhoIsThis person={person} />
      )}
    </li>
  );
}
