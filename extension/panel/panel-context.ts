import { createContext, useContext } from "react";

import type { Host } from "../../shared/sites.ts";
import type { PanelCommand, PanelView } from "../messaging/panel-port.ts";
import type { PageState } from "./watch-page.ts";

export type PanelTools = {
  send: (command: PanelCommand) => void;
  page: PageState;
  journal: PanelView["journal"];
  openJournal: () => void;
  /** Must be called in the click's own task: the browser asks the person. */
  requestHosts: (hosts: readonly Host[]) => Promise<boolean>;
  /** As the browser writes it; `undefined` where no key is assigned. */
  stopShortcut: () => Promise<string | undefined>;
  /** In a tab of its own. */
  openReceipt: () => void;
};

export const PanelContext = createContext<PanelTools | undefined>(undefined);

export function usePanel(): PanelTools {
  const tools = useContext(PanelContext);
  if (!tools) throw new Error("outside of the panel");
  return tools;
}
