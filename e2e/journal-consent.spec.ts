import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import type { Page } from "@playwright/test";
import { z } from "zod";

import { deviceIdSchema } from "../shared/ids.ts";
import { findFault } from "../shared/journal/chain.ts";
import { headOf, journalRowSchema } from "../shared/journal/row.ts";
import { signedHeadSchema, verifyHead } from "../shared/journal/signed-head.ts";
import { NAMES, openPanel } from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { passQuestionTime } from "./driver/first-question.ts";
import { createNodeHelper } from "./driver/node-helper.ts";
import { createTemporaryFolder } from "./driver/temporary-folder.ts";
import { expect, test } from "./fixtures.ts";
import { WWW } from "./site/hosts.ts";

const CONTACT = "aide@epaule.example";
const NAME = NAMES.helper;

const fileSchema = z.strictObject({
  format: z.literal("epaule-journal/1"),
  device: deviceIdSchema,
  key: z.string(),
  rows: z.array(journalRowSchema),
  signed: signedHeadSchema,
});

const lines = (page: Page) => page.getByRole("list").getByRole("listitem");

test("[J4] [J5] [J7] after a session the person reads what happened, keeps a proof of it, and contests a line", async ({
  beneficiary,
  world,
}) => {
  test.setTimeout(120_000);
  await world.server.stop();
  await world.restartServer({ CONTACT });
  const helper = await createNodeHelper(world);
  await beneficiary.allowHosts([WWW]);
  await beneficiary.tab.goto(`https://${WWW}/`);
  const panel = await openPanel(beneficiary);

  await panel.addByText(await helper.invite());
  await panel.page.getByLabel("Comment l’appelez-vous ?").fill(NAME);
  await panel.button("Oui, ajouter cette personne").click();
  await panel.finishPairing(NAME);
  await panel.ask(NAME);
  await passQuestionTime(beneficiary, panel);
  await panel.answerQuestion("Nous sommes ensemble");
  await panel.accept();
  await helper.answer(await helper.ring());
  await panel.sees(NAME);
  await panel.stop();
  await panel.over();
  await panel.button("Revenir à l’accueil").click();

  const opened = beneficiary.browser.context.waitForEvent("page");
  await panel.button("Lire mon journal").click();
  const page = await opened;

  await test.step("it is told in sentences, under the name that they chose", async () => {
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mon journal");
    await expect(page.getByText(/^Tout se suit/)).toBeVisible();
    await expect(lines(page)).toContainText([
      `Vous avez ajouté ${NAME}, avec un lien d’invitation. (ligne 1)`,
      `Vous avez accepté de montrer ${WWW} à ${NAME}.`,
      `Le reçu de cet accord avec ${NAME} vous a été donné.`,
      `Vous avez appelé ${NAME}.`,
      `${NAME} a répondu.`,
      `Vous étiez sur le site ${WWW}.`,
      /Vous avez arrêté l’aide\..*\(ligne 7\)$/,
    ]);
    await checkScreen(page, "the journal");
  });

  await test.step("the file proves itself: whole, and signed by this computer up to its end", async () => {
    const folder = await createTemporaryFolder("saved");
    await beneficiary.browser.session.send("Browser.setDownloadBehavior", {
      behavior: "allow",
      downloadPath: folder.path,
    });
    await page.getByRole("button", { name: "Enregistrer dans un fichier" }).click();
    const saved = async () =>
      (await readdir(folder.path)).find((name) => /^epaule-journal-[\d-]+\.json$/.test(name));
    await expect.poll(saved).toBeDefined();
    const text = await readFile(path.join(folder.path, (await saved()) ?? ""), "utf8");
    await folder.remove();
    expect(text).not.toContain(NAME);
    const { device, key, rows, signed } = fileSchema.parse(JSON.parse(text));
    expect(await findFault(device, undefined, rows)).toBeUndefined();
    expect(await verifyHead(device, key, signed)).toBe(true);
    const { signature: _, ...head } = signed;
    expect(rows.map(headOf).at(-1)).toEqual(head);
  });

  await test.step("a line that is not right is contested by the keyboard, and they read whom to write to", async () => {
    await page.getByRole("button", { name: "Une ligne n’est pas juste ?" }).press("Enter");
    await page.getByRole("button", { name: "Pas juste : ligne 6" }).press("Enter");
    const dialog = page.getByRole("alertdialog", { name: "La ligne 6 n’est pas juste ?" });
    await expect(dialog).toContainText(`Vous étiez sur le site ${WWW}.`);
    await checkScreen(page, "the journal, contesting");
    await dialog.getByRole("button", { name: "Noter mon désaccord" }).press("Enter");
    await expect(page.locator(":focus")).toContainText(/^C’est noté/);
    await expect(page.getByRole("link", { name: CONTACT })).toBeVisible();
    await expect(lines(page).nth(5)).toContainText("vous avez dit que cette ligne n’est pas juste");
    await expect(lines(page).nth(7)).toContainText("Vous avez dit que la ligne 6 n’est pas juste.");
    await checkScreen(page, "the journal, contested");
  });

  await test.step("on paper there is no button, and what identifies it", async () => {
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("button")).toHaveCount(0);
    await expect(page.getByText(/^Imprimé le .*Dernière ligne.{1,3}8, /)).toBeVisible();
  });
  helper.close();
});
