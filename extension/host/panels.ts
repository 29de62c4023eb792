import {
  type PanelCommand,
  panelCommandSchema,
  type PanelLevel,
  type PanelView,
} from "../messaging/panel-port.ts";
import type { Port } from "../messaging/ports.ts";
import { type TalkCommand, talkCommandSchema } from "../messaging/talk-view.ts";
import type { Here } from "./view.ts";

type Panel = { port: Port; here?: Here; last?: string; level?: boolean };

/** The open panels: each gets the view when it changes, and says what the person did. */
export function createPanels(options: {
  view: (here: Here | undefined) => PanelView;
  command: (command: PanelCommand, here: Here | undefined) => void;
  talk: (command: Exclude<TalkCommand, { type: "voice.level" }>) => void;
  /** Whether any panel shows the input level. */
  showLevel: (show: boolean) => void;
  changed: () => void;
}) {
  const panels = new Set<Panel>();

  function show(panel: Panel): void {
    const view = options.view(panel.here);
    const text = JSON.stringify(view);
    if (text === panel.last) return;
    panel.last = text;
    panel.port.post(view);
  }

  function hearTalk(panel: Panel, command: TalkCommand): void {
    if (command.type !== "voice.level") return options.talk(command);
    panel.level = command.show;
    options.showLevel([...panels].some(({ level }) => level));
  }

  return {
    accept(port: Port): void {
      if (!port.sender.fromUs) return port.close();
      const panel: Panel = { port };
      panels.add(panel);
      port.onMessage((raw) => {
        const talk = talkCommandSchema.safeParse(raw).data;
        if (talk) return hearTalk(panel, talk);
        const command = panelCommandSchema.safeParse(raw).data;
        if (!command) return;
        if (command.type === "panel.here")
          panel.here = { window: command.window, tab: command.tab, url: command.url };
        options.command(command, panel.here);
        show(panel);
      });
      port.onClose(() => {
        panels.delete(panel);
        if (panel.level) options.showLevel([...panels].some(({ level }) => level));
        options.changed();
      });
      show(panel);
      options.changed();
    },
    show(): void {
      for (const panel of panels) show(panel);
    },
    level(level: number): void {
      for (const panel of panels) if (panel.level) panel.port.post({ level } satisfies PanelLevel);
    },
    get count(): number {
      return panels.size;
    },
  };
}
