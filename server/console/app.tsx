import { assertNever } from "../../shared/errors.ts";
import { Button } from "../../shared/ui/button.tsx";
import { LanguageSwitch } from "../../shared/ui/language-switch.tsx";
import { Card, Heading, Page, Row, Spinner, Stack, Text } from "../../shared/ui/layout.tsx";
import type { BrowserParts } from "./app/browser.ts";
import type { ConsoleApp } from "./app/console-app.ts";
import { SignedIn } from "./app/signed-in.tsx";
import { useWords } from "./locales/words.ts";
import { NamingScreen } from "./sign-in/naming-screen.tsx";
import { ProvingScreen } from "./sign-in/proving-screen.tsx";
import { SignInScreen } from "./sign-in/sign-in-screen.tsx";
import { useObservable } from "./store/observable.ts";

/** One screen by state: there are no routes, so that nothing of a session is ever in an address. */
export function App({ app, browser }: { app: ConsoleApp; browser: BrowserParts }) {
  const { t } = useWords();
  const state = useObservable(app);
  switch (state.screen) {
    case "desk":
      return (
        <SignedIn
          key={state.desk.key.id}
          desk={state.desk}
          browser={browser}
          onSignOut={() => void app.signOut()}
        />
      );
    case "signed-out":
      return (
        <SignInScreen
          signIn={app.signIn}
          mail={state.config.mail}
          notice={state.notice}
          onSignedIn={() => void app.start()}
        />
      );
    case "proving":
      return (
        <Page header={<LanguageSwitch />}>
          <ProvingScreen onAnswer={(isMine) => void app.answerProof(isMine)} />
        </Page>
      );
    case "naming":
      return (
        <Page header={<LanguageSwitch />}>
          <NamingScreen onName={(name) => app.giveName(name)} />
        </Page>
      );
    case "unreachable":
      return (
        <Trouble
          title={t("page.unreachable.title")}
          text={t("page.unreachable.text")}
          action={t("page.retry")}
          onAction={() => void app.start()}
        />
      );
    case "stuck": {
      const what = state.why === "storage" ? "storage" : "refused";
      return (
        <Trouble
          title={t(`page.${what}.title`)}
          text={t(`page.${what}.text`)}
          action={t("account.signOut")}
          onAction={() => void app.signOut()}
        />
      );
    }
    case "starting":
    case "opening":
      return (
        <Page header={<LanguageSwitch />}>
          <h1 className="ep-hidden">{t("page.title")}</h1>
          <Spinner>{t("page.loading")}</Spinner>
        </Page>
      );
    default:
      return assertNever(state);
  }
}

function Trouble({
  title,
  text,
  action,
  onAction,
}: {
  title: string;
  text: string;
  action: string;
  onAction: () => void;
}) {
  return (
    <Page header={<LanguageSwitch />}>
      <Card>
        <Stack>
          <Heading level={1} focus>
            {title}
          </Heading>
          <Text>{text}</Text>
          <Row>
            <Button variant="primary" onPress={onAction}>
              {action}
            </Button>
          </Row>
        </Stack>
      </Card>
    </Page>
  );
}
