import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

import { boxOf, middleOf } from "./boxes.ts";

export const PLAYER = 'iframe[data-epaule="player"]';
export const MIRROR = 'iframe[data-epaule="mirror"]';

export type HelperConsole = ReturnType<typeof createConsole>;

/** The helper's console, by what it says to them (in French). */
export function createConsole(page: Page, serverUrl: string) {
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
  const title = (text: string | RegExp) =>
    expect(page.getByRole("heading", { level: 1 })).toHaveText(text);
  /** The frame element whose document is the mirrored one. */
  const mirrorFrame: Locator = page.frameLocator(PLAYER).locator(MIRROR);
  const mirror: FrameLocator = page.frameLocator(PLAYER).frameLocator(MIRROR);

  return {
    page,
    title,
    button,
    mirror,
    mirrorFrame,

    async signUp(name: string): Promise<void> {
      await page.goto(serverUrl);
      await page.getByLabel("Votre nom, tel que la personne que vous aidez le connaît").fill(name);
      await button("Créer mon compte avec une clé d’accès").click();
      await title(`Bonjour ${name}`);
      await expect(page.getByRole("main").getByText("Vous êtes joignable")).toBeVisible();
    },
    async invite(label: string): Promise<{ link: string; code: string }> {
      await button("Inviter quelqu’un").first().click();
      await page.getByLabel("Pour qui est cette invitation ?").fill(label);
      await button("Créer l’invitation").click();
      await title(`Invitation pour ${label}`);
      const link = await page.getByRole("textbox", { name: "Lien d’invitation" }).inputValue();
      const card = page.getByRole("region", { name: "Au téléphone : le code" });
      const code = (await card.innerText()).match(/\d{4}\s*\d{4}/)?.[0] ?? "";
      return { link, code };
    },
    async closeInvitation(): Promise<void> {
      await button("Terminé").click();
    },
    async words(): Promise<string[]> {
      const list = page.getByRole("list", { name: "Les deux mots" });
      await expect(list.getByRole("listitem")).toHaveCount(2);
      return await list.getByRole("listitem").allTextContents();
    },
    async confirmWords(): Promise<void> {
      await button("Ce sont les mêmes mots").click();
    },

    async answer(label: string): Promise<void> {
      await expect(page.getByRole("alertdialog", { name: `${label} vous appelle` })).toBeVisible();
      await button("Répondre").click();
    },
    async decline(label: string): Promise<void> {
      await expect(page.getByRole("alertdialog", { name: `${label} vous appelle` })).toBeVisible();
      await button("Refuser").click();
    },
    async live(): Promise<void> {
      await expect(page.getByRole("status", { name: "Où en est-on" })).toHaveText("En direct");
      await expect(mirrorFrame).toBeAttached();
    },
    status: () => page.getByRole("status", { name: "Où en est-on" }),
    /** In words, what the voice is. */
    voiceLine: () => page.getByRole("status", { name: "La voix" }),
    /** « Par téléphone » : empty while there is nothing to say. */
    phone: () => page.getByRole("status", { name: "Par téléphone" }),
    async openVoice(): Promise<Locator> {
      await button("Voix").click();
      return page.getByRole("region", { name: "La voix" });
    },
    /** With one in mind that nobody has read yet, its button says so. */
    async openMessages(label: string): Promise<Locator> {
      await button(/^Messages/).click();
      return page.getByRole("region", { name: `Messages avec ${label}` });
    },
    async actualSize(): Promise<void> {
      await button("100 %").click();
    },
    /** The pointing tool is already in the helper's hand: a click on the mirror shows the element. */
    async clickMirror(element: Locator): Promise<void> {
      await element.scrollIntoViewIfNeeded();
      const { x, y } = middleOf(await boxOf(element));
      await page.mouse.click(x, y);
    },
    /** The mouse comes from beside it, as a hand does. */
    async pointAt(element: Locator): Promise<void> {
      const { x, y } = middleOf(await boxOf(element));
      await page.mouse.move(x - 30, y);
      await page.mouse.move(x, y, { steps: 4 });
    },
    /** What the mouse does from now on. */
    async take(tool: "Montrer" | "Pointer" | "Dessiner"): Promise<void> {
      await page.getByRole("radio", { name: tool, exact: true }).click();
    },
    /** What the player draws above the mirror: the helper's own marks, and the beneficiary's hand. */
    drawn: (selector: string): Locator => page.frameLocator(PLAYER).locator(`#drawing ${selector}`),
    async say(words: string): Promise<void> {
      await page.getByLabel("Vos mots (facultatif)").fill(words);
      await button("Envoyer ces mots").click();
    },
  };
}
