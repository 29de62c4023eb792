import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { closeOwnTab } from "../../platform/tabs.ts";
import { ReceiptPage } from "../../receipt/receipt-page.tsx";
import { openKeyValue } from "../../store/key-value.ts";
import { createReceiptStore } from "../../store/receipt-store.ts";

const store = createReceiptStore(openKeyValue());

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <ReceiptPage store={store} serverUrl={__EPAULE_SERVER__} close={() => void closeOwnTab()} />
    </StrictMode>,
  );
