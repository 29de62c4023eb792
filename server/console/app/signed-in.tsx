import { useEffect, useState } from "react";

import type { InvitationId } from "../../../shared/ids.ts";
import { Page } from "../../../shared/ui/layout.tsx";
import { RingScreen } from "../calls/ring-screen.tsx";
import { Footer, Header } from "../home/header.tsx";
import { HomeScreen } from "../home/home-screen.tsx";
import { InvitationScreen } from "../invitation/invitation-screen.tsx";
import { NewInvitation } from "../invitation/new-invitation.tsx";
import { SpokenDialog } from "../invitation/spoken/spoken-dialog.tsx";
import { useWords } from "../locales/words.ts";
import { SessionScreen } from "../session/session-screen.tsx";
import { useObservable } from "../store/observable.ts";
import type { BrowserParts } from "./browser.ts";
import type { Desk } from "./desk.ts";

type View =
  | { name: "home" }
  | { name: "invite" }
  | { name: "invitation"; invitation: InvitationId };

/** Everything behind the sign-in: what rings and the words to compare come above any screen. */
export function SignedIn({
  desk,
  browser,
  onSignOut,
}: {
  desk: Desk;
  browser: BrowserParts;
  onSignOut: () => void;
}) {
  const { t, language } = useWords();
  const { live, ringing, answering } = useObservable(desk.calls);
  const [view, setView] = useState<View>({ name: "home" });
  const rings = live ? undefined : ringing[0];

  useEffect(() => {
    if (!rings) return undefined;
    const { label, session } = rings;
    browser.ringAlert.show({
      title: t("call.tab", { label }),
      notification: t("call.notification", { label }),
      notificationText: t("call.notificationText"),
      session,
    });
    return () => browser.ringAlert.show(undefined);
  }, [browser, rings, t, language]);

  useEffect(() => {
    document.title = t("page.title");
  }, [t, language]);

  if (live)
    return (
      <>
        <SessionScreen
          call={live}
          socket={desk.socket}
          device={desk.key}
          config={desk.config}
          onOver={(reason) => {
            setView({ name: "home" });
            desk.calls.over(live.session, reason);
          }}
        />
        <SpokenDialog spoken={desk.spoken} />
        <p className="con-also" role="status">
          {ringing[0] && t("call.also", { label: ringing[0].label })}
        </p>
      </>
    );

  const home = () => setView({ name: "home" });
  return (
    <>
      <Page header={<Header desk={desk} />} footer={<Footer desk={desk} onSignOut={onSignOut} />}>
        {view.name === "home" && (
          <HomeScreen
            desk={desk}
            browser={browser}
            onInvite={() => setView({ name: "invite" })}
            onShow={(invitation) => setView({ name: "invitation", invitation })}
          />
        )}
        {view.name === "invite" && (
          <NewInvitation
            invitations={desk.invitations}
            onMade={(invitation) => setView({ name: "invitation", invitation })}
            onBack={home}
          />
        )}
        {view.name === "invitation" && (
          <InvitationScreen
            invitations={desk.invitations}
            invitation={view.invitation}
            onDone={home}
          />
        )}
      </Page>
      <SpokenDialog spoken={desk.spoken} />
      <RingScreen
        call={rings}
        isAnswering={rings !== undefined && answering === rings.session}
        onAnswer={(session) => void desk.calls.answer(session)}
        onDecline={(session) => void desk.calls.decline(session)}
      />
    </>
  );
}
