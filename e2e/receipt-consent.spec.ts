import { execFile } from "node:child_process";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import type { Page } from "@playwright/test";

import { expectAccessible } from "./driver/accessibility.ts";
import { goLive, NAMES, pairByLink } from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { createTemporaryFolder } from "./driver/temporary-folder.ts";
import { expect, test } from "./fixtures.ts";
import { WWW } from "./site/hosts.ts";

const VERIFY = path.join(import.meta.dirname, "../server/receipts/verify-file.ts");
const KEYS = "/.well-known/epaule-receipt-keys.json";

/** What `npm run receipt:verify` says; it exits with 1 for what is not valid. */
async function verify(file: string, keys: string): Promise<string> {
  const run = promisify(execFile)(process.execPath, [VERIFY, file, "--key", keys]);
  return await run.then(
    ({ stdout }) => stdout,
    (failed: { stdout?: string }) => failed.stdout ?? "",
  );
}

/** As the person's own printer would cut it. */
async function countPrintedPages(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

test("[E1] [E3] [E5] a consent leaves a receipt that prints and verifies, and its address ends everything", async ({
  beneficiary,
  helper,
  world,
}) => {
  await beneficiary.tab.goto(`https://${WWW}/demarche/etape-1`);
  const pair = await pairByLink(beneficiary, helper, world.serverUrl);
  await goLive(pair, { first: true });
  const { panel, desk } = pair;

  const opened = beneficiary.browser.context.waitForEvent("page");
  await panel.button("Voir mon reçu").click();
  const receipt = await opened;
  await expect(receipt.getByRole("heading", { level: 1 })).toHaveText("Reçu de votre accord");
  const sheet = receipt.getByRole("article");
  await expect(sheet).toContainText(NAMES.helper);
  await expect(sheet).toContainText(WWW);
  await expect(sheet).not.toContainText("etape-1");
  await checkScreen(receipt, "receipt");
  expect(await countPrintedPages(receipt)).toBe(1);

  const folder = await createTemporaryFolder("receipt");
  try {
    const file = path.join(folder.path, "recu.json");
    const keys = path.join(folder.path, "keys.json");
    await beneficiary.browser.session.send("Browser.setDownloadBehavior", {
      behavior: "allow",
      downloadPath: folder.path,
    });
    await receipt.getByRole("button", { name: "Enregistrer le reçu" }).click();
    const saved = async () =>
      (await readdir(folder.path)).filter((one) => /^epaule-recu-.*\.json$/.test(one));
    await expect.poll(saved).toHaveLength(1);
    await rename(path.join(folder.path, (await saved()).join("")), file);
    await writeFile(keys, await (await fetch(world.serverUrl + KEYS)).text());
    expect(await verify(file, keys)).toMatch(/^valid: /);
    const text = await readFile(file, "utf8");
    expect(text).not.toContain(NAMES.helperOwn);
    await writeFile(file, text.replace(WWW, `x${WWW}`));
    expect(await verify(file, keys)).toMatch(/^not valid: .* altered/);
  } finally {
    await folder.remove();
  }

  // On another computer, from the paper.
  const elsewhere = await helper.browser.context.newPage();
  await elsewhere.goto((await sheet.locator(".rec-link").innerText()).replaceAll(/\s/g, ""));
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText(/perdu ou volé/);
  await expectAccessible(elsewhere, "lost computer");
  await elsewhere.getByRole("button", { name: "Tout arrêter maintenant" }).click();
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText(/Tout est arrêté/);
  await panel.over();
  await panel.page.reload();
  await expect(panel.page.getByText("Epaule ne connaît plus cet ordinateur")).toBeVisible();
  await expect(
    desk.page.getByText(`Le lien avec ${NAMES.beneficiary} est terminé.`).first(),
  ).toBeVisible();
});
