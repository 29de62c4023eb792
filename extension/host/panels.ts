import { type PanelCommand, panelCommandSchema, type PanelView } from "../messaging/panel-port.ts";
import type { Port } from "../messaging/ports.ts";
import type { Here } from "./view.ts";

type Panel = { port: Port; here?: Here; last?: string };

/** The open panels: each gets the view when it changes, and says what the person did. */
export function createPanels(options: {
  view: (here: Here | undefined) => PanelView;
  command: (command: PanelCommand, here: Here | undefined) => void;
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

  return {
    accept(port: Port): void {
      if (!port.sender.fromUs) return port.close();
      const panel: Panel = { port };
      panels.add(panel);
      port.onMessage((raw) => {
        const command = panelCommandSchema.safeParse(raw).data;
        if (!command) return;
        if (command.type === "panel.here")
          panel.here = { window: command.window, tab: command.tab, url: command.url };
        options.command(command, panel.here);
        show(panel);
      });
      port.onClose(() => {
        panels.delete(panel);
        options.changed();
      });
      show(panel);
      options.changed();
    },
    show(): void {
      for (const panel of panels) show(panel);
    },
    get count(): number {
      return panels.size;
    },
  };
}
