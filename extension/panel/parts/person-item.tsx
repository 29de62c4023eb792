import { Button } from "../../../shared/ui/button.tsx";
import { Stack, Text } from "../../../shared/ui/layout.tsx";
import type { PersonView } from "../../messaging/panel-port.ts";
import { usePanel } from "../panel-context.ts";
import { useWords } from "../words/words.ts";
import { WhoIsThis } from "./helper-card.tsx";
import { Initials } from "./initials.tsx";
import { TrustPerson } from "./trust-person.tsx";

/** Someone of the circle, under the name that the beneficiary chose. */
export function PersonItem({
  person,
  trusted,
}: {
  person: PersonView;
  /** Who is the trusted person now. */
  trusted?: PersonView | undefined;
}) {
  const { t } = useWords();
  const { send } = usePanel();
  const { name, card, pairing, paused = false } = person;
  return (
    <li className="ep-person">
      <p className="ep-person-name">
        <Initials name={name} />
        <span>{name}</span>
      </p>
      <Text kind="small">
        {t("person.line", {
          role: t(`person.roles.${card.role}`),
          check: t(`person.checks.${card.check}`),
        })}
      </Text>
      {person.trusted && <Text>{t("person.trusted")}</Text>}
      {paused && !person.ended && <Text>{t("person.paused", { name })}</Text>}
      {person.refusedMinutes !== undefined && (
        <Text kind="small">{t("person.refused", { count: person.refusedMinutes })}</Text>
      )}
      {person.ended ? (
        <Stack gap="s">
          <Text kind="small">{t("person.ended")}</Text>
          <Button onPress={() => send({ type: "circle.end", pairing, block: false })}>
            {t("remove.gone")}
          </Button>
        </Stack>
      ) : (
        <>
          <Button
            aria-label={t(paused ? "person.resumeOf" : "person.pauseOf", { name })}
            onPress={() => send({ type: "circle.pause", pairing, paused: !paused })}
          >
            {t(paused ? "person.resume" : "person.pause")}
          </Button>
          <WhoIsThis person={person}>
            <TrustPerson person={person} other={person.trusted ? undefined : trusted?.name} />
          </WhoIsThis>
        </>
      )}
    </li>
  );
}
