import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { saveFile } from "../../journal/export-journal.ts";
import { JournalPage, type JournalTools } from "../../journal/journal-page.tsx";
import { createCaller } from "../../messaging/calls.ts";
import { backgroundTable, hostTable } from "../../messaging/links.ts";
import { runtimeBus } from "../../platform/runtime.ts";
import { closeOwnTab } from "../../platform/tabs.ts";

const background = createCaller(runtimeBus, "background", backgroundTable);
const host = createCaller(runtimeBus, "host", hostTable);

/** The session host closes when nobody needs it: it is opened again before each question. */
const tools: JournalTools = {
  async read() {
    await background["host.open"](null);
    return await host["journal.read"](null);
  },
  async contest(row) {
    await background["host.open"](null);
    await host["journal.contest"]({ row });
  },
  save: saveFile,
  print: () => globalThis.print(),
  close: () => void closeOwnTab(),
};

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <JournalPage tools={tools} />
    </StrictMode>,
  );
