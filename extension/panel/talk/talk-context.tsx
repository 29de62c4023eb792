import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

import type { TalkCommand, TalkView } from "../../messaging/talk-view.ts";
import { FIRST_SETTINGS, type Settings } from "../../store/settings-store.ts";
import type { PanelLine } from "../panel-line.ts";

type TalkTools = {
  /** While a session is live. */
  talk: TalkView | undefined;
  settings: Settings;
  send: (command: TalkCommand) => void;
  listenLevel: PanelLine["listenLevel"];
  openMicrophonePage: () => Promise<void>;
};

const TalkContext = createContext<TalkTools | undefined>(undefined);

export function TalkProvider({
  line,
  openMicrophonePage,
  children,
}: {
  line: PanelLine;
  openMicrophonePage: TalkTools["openMicrophonePage"];
  children: ReactNode;
}) {
  const { view } = useSyncExternalStore(line.listen, line.state);
  const tools = {
    talk: view?.talk,
    settings: view?.settings ?? FIRST_SETTINGS,
    send: line.send,
    listenLevel: line.listenLevel,
    openMicrophonePage,
  };
  return <TalkContext value={tools}>{children}</TalkContext>;
}

export function useTalk(): TalkTools {
  const tools = useContext(TalkContext);
  if (!tools) throw new Error("outside of the panel");
  return tools;
}
