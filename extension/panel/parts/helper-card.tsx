import type { ReactNode } from "react";

import type { HelperCard } from "../../../shared/protocol/control.ts";
import { Stack } from "../../../shared/ui/layout.tsx";
import type { PersonView } from "../../messaging/panel-port.ts";
import { useWords } from "../words/words.ts";
import { Disclosure } from "./disclosure.tsx";
import { RemovePerson } from "./remove-person.tsx";

/** What the helper says about themselves, and that nobody checked it. */
function HelperDetails({ card }: { card: HelperCard }) {
  const { t } = useWords();
  return (
    <dl className="ep-details">
      <div>
        <dt>{t("person.ownName")}</dt>
        <dd>{card.name}</dd>
      </div>
      <div>
        <dt>{t("person.role")}</dt>
        <dd>{t(`person.roles.${card.role}`)}</dd>
      </div>
      <div>
        <dt>{t("person.check")}</dt>
        <dd>
          <strong>{t(`person.checks.${card.check}`)}</strong>
          <br />
          {t("person.unverified")}
        </dd>
      </div>
    </dl>
  );
}

/** `live`: this person helps right now. `children`: what else can be done with them here. */
export function WhoIsThis({
  person,
  live = false,
  children,
}: {
  person: PersonView;
  live?: boolean;
  children?: ReactNode;
}) {
  const { t } = useWords();
  const { name, card } = person;
  return (
    <Disclosure title={t("person.who")} label={t("person.whoOf", { name })}>
      <Stack>
        <HelperDetails card={card} />
        {children}
        <RemovePerson person={person} live={live} />
      </Stack>
    </Disclosure>
  );
}
