import { useState } from "react";

import { Button } from "../../../shared/ui/button.tsx";
import { Card, Heading, Stack, Text } from "../../../shared/ui/layout.tsx";
import { useWords } from "../locales/words.ts";
import { useObservable } from "../store/observable.ts";
import type { Circle, Person } from "./circle.ts";
import { EndDialog } from "./end-dialog.tsx";
import { RenameDialog } from "./rename-dialog.tsx";

export function PeopleCard({ circle }: { circle: Circle }) {
  const { t } = useWords();
  const { people, elsewhere } = useObservable(circle);
  const [renaming, setRenaming] = useState<Person>();
  const [ending, setEnding] = useState<Person>();
  return (
    <Card label={t("people.title")}>
      <Stack>
        <Heading>{t("people.title")}</Heading>
        {people.length === 0 && <Text kind="soft">{t("people.none")}</Text>}
        <ul className="con-list">
          {people.map((person) => (
            <li key={person.pairing} className="con-item">
              <div className="con-item-who">
                <p className="con-name">{person.label}</p>
                <p className="ep-soft ep-small">{t("people.ready")}</p>
              </div>
              <div className="con-item-do">
                <Button
                  variant="quiet"
                  aria-label={t("people.renameOf", { label: person.label })}
                  onPress={() => setRenaming(person)}
                >
                  {t("people.rename")}
                </Button>
                <Button
                  variant="quiet"
                  aria-label={t("people.endOf", { label: person.label })}
                  onPress={() => setEnding(person)}
                >
                  {t("people.end")}
                </Button>
              </div>
            </li>
          ))}
        </ul>
        {elsewhere > 0 && <Text kind="small">{t("people.elsewhere", { count: elsewhere })}</Text>}
      </Stack>
      {renaming && (
        <RenameDialog circle={circle} person={renaming} onClose={() => setRenaming(undefined)} />
      )}
      {ending && <EndDialog circle={circle} person={ending} onClose={() => setEnding(undefined)} />}
    </Card>
  );
}
