import { Button } from "../../../shared/ui/button.tsx";
import { Stack } from "../../../shared/ui/layout.tsx";
import type { PersonView } from "../../messaging/panel-port.ts";
import { Screen } from "../parts/screen.tsx";
import { useWords } from "../words/words.ts";

export function ChooseScreen({
  people,
  onChoose,
  onBack,
}: {
  people: readonly PersonView[];
  onChoose: (person: PersonView) => void;
  onBack: () => void;
}) {
  const { t } = useWords();
  return (
    <Screen title={t("home.choose")}>
      <Stack>
        {people.map((person) => (
          <Button
            key={person.pairing}
            variant="primary"
            icon="person"
            large
            wide
            onPress={() => onChoose(person)}
          >
            {person.name}
          </Button>
        ))}
        <Button large wide onPress={onBack}>
          {t("home.chooseBack")}
        </Button>
      </Stack>
    </Screen>
  );
}
