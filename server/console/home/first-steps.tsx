import { Button } from "../../../shared/ui/button.tsx";
import { Card, Heading, Row, Stack } from "../../../shared/ui/layout.tsx";
import { useWords } from "../locales/words.ts";

const STEPS = ["invite", "give", "wait"] as const;

/** Before there is anybody to help. `done`: how many steps are behind. */
export function FirstSteps({ done, onInvite }: { done: number; onInvite: () => void }) {
  const { t } = useWords();
  return (
    <Card label={t("home.firstTitle")}>
      <Stack>
        <Heading>{t("home.firstTitle")}</Heading>
        <ol className="con-steps">
          {STEPS.map((step, at) => (
            <li key={step} className={at < done ? "con-step con-step-done" : "con-step"}>
              <strong>{t(`home.first.${step}`)}</strong>
              <span>{t(`home.first.${step}Text`)}</span>
            </li>
          ))}
        </ol>
        <Row>
          <Button
            variant={done === 0 ? "primary" : "secondary"}
            large
            icon="person"
            onPress={onInvite}
          >
            {t("home.invite")}
          </Button>
        </Row>
      </Stack>
    </Card>
  );
}
