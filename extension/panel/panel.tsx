import { useEffect, useState, useSyncExternalStore } from "react";

import { LanguageSwitch } from "../../shared/ui/language-switch.tsx";
import { Notice, Page, Spinner } from "../../shared/ui/layout.tsx";
import type { PanelView } from "../messaging/panel-port.ts";
import { EnterScreen } from "./adding/enter-screen.tsx";
import { MadeScreen } from "./adding/made-screen.tsx";
import { WhoScreen } from "./adding/who-screen.tsx";
import { WordsScreen } from "./adding/words-screen.tsx";
import { PanelContext, type PanelTools, usePanel } from "./panel-context.ts";
import type { PanelLine } from "./panel-line.ts";
import { WithMe } from "./parts/with-me.tsx";
import { Scene } from "./scenes/scene.tsx";
import type { WatchedPage } from "./watch-page.ts";
import { useWords } from "./words/words.ts";

/** What matters more than adding someone: it stays in front. */
const FIRST: ReadonlySet<PanelView["scene"]["at"]> = new Set([
  "question",
  "warned",
  "consent",
  "ringing",
  "live",
]);

export function Panel({
  line,
  page: watched,
  requestHosts,
  stopShortcut,
  openJournal,
  openReceipt,
}: {
  line: PanelLine;
  page: WatchedPage;
  requestHosts: PanelTools["requestHosts"];
  stopShortcut: PanelTools["stopShortcut"];
  openJournal: PanelTools["openJournal"];
  openReceipt: PanelTools["openReceipt"];
}) {
  const { view, silent } = useSyncExternalStore(line.listen, line.state);
  const page = useSyncExternalStore(watched.listen, watched.state);
  return (
    <PanelContext
      value={{
        send: line.send,
        page,
        journal: view?.journal ?? "none",
        openJournal,
        openReceipt,
        requestHosts,
        stopShortcut,
      }}
    >
      <Page
        footer={<LanguageSwitch />}
        banner={
          <>
            <Banner
              silent={silent}
              offline={view?.offline === true}
              retired={view?.retired === true}
              live={isLive(view)}
            />
            {view && !silent && <WithMe view={view} />}
          </>
        }
      >
        {view ? <Content view={view} /> : <Waiting />}
      </Page>
    </PanelContext>
  );
}

function Waiting() {
  const { t } = useWords();
  return (
    <>
      <h1 className="ep-hidden">Epaule</h1>
      <Spinner>{t("wait")}</Spinner>
    </>
  );
}

function isLive(view: PanelView | undefined): boolean {
  return view?.scene.at === "live";
}

/** Always there, so that its words are said when they appear. */
function Banner({
  silent,
  offline,
  retired,
  live,
}: {
  silent: boolean;
  offline: boolean;
  retired: boolean;
  live: boolean;
}) {
  const { t } = useWords();
  return (
    <div className="ep-banner" role="status">
      {silent ? (
        <Notice kind="warn">{t("silent")}</Notice>
      ) : retired ? (
        <Notice kind="warn" title={t("retired.title")}>
          {t("retired.text")}
        </Notice>
      ) : (
        offline && (
          <Notice kind="warn" title={t("offline.title")}>
            <p>{t("offline.text")}</p>
            {live && <p>{t("offline.live")}</p>}
          </Notice>
        )
      )}
    </div>
  );
}

function Content({ view }: { view: PanelView }) {
  const { send } = usePanel();
  const [isAdding, setAdding] = useState(false);
  const { pairing, scene } = view;
  const isFirst = FIRST.has(scene.at);
  useEffect(() => {
    if (isFirst || pairing.step === "made") setAdding(false);
  }, [isFirst, pairing.step]);

  if (!isFirst)
    switch (pairing.step) {
      case "enter":
      case "none":
        if (pairing.step === "none" && !isAdding) break;
        return (
          <EnterScreen
            {...(pairing.step === "enter" ? pairing : { busy: false })}
            onCancel={() => {
              setAdding(false);
              send({ type: "pairing.cancel" });
            }}
          />
        );
      case "who":
        return <WhoScreen {...pairing} />;
      case "words":
        return <WordsScreen {...pairing} />;
      case "made":
        return <MadeScreen name={pairing.name} />;
    }
  return (
    <Scene
      key={scene.at}
      scene={scene}
      circle={view.circle}
      blocked={view.blocked}
      onAdd={() => setAdding(true)}
    />
  );
}
