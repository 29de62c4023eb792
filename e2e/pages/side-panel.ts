import { expect, type Page } from "@playwright/test";

/** The first answer can't be given before 20 s. */
const INERT_MS = 25_000;

export type SidePanel = ReturnType<typeof createSidePanel>;

/** The beneficiary's panel, by what it says to them (in French). */
export function createSidePanel(page: Page) {
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
  const title = (text: string | RegExp) =>
    expect(page.getByRole("heading", { level: 1 })).toHaveText(text);

  return {
    page,
    title,

    async addByText(invitation: string): Promise<void> {
      const add = button("Ajouter quelqu’un");
      const field = page.getByLabel("Lien ou code");
      await expect(add.or(field).first()).toBeVisible();
      if (await add.isVisible()) await add.click();
      await field.fill(invitation);
      await button("Continuer").click();
    },
    async nameHelper(ownName: string, name: string): Promise<void> {
      await title("Est-ce bien cette personne ?");
      await expect(page.getByRole("paragraph").filter({ hasText: ownName })).toBeVisible();
      await expect(page.getByText("non vérifié", { exact: true })).toBeVisible();
      await page.getByLabel("Comment l’appelez-vous ?").fill(name);
      await button("Oui, ajouter cette personne").click();
    },
    async words(): Promise<string[]> {
      const list = page.getByRole("list", { name: "Vos deux mots" });
      await expect(list.getByRole("listitem")).toHaveCount(2);
      return await list.getByRole("listitem").allTextContents();
    },
    async confirmWords(): Promise<void> {
      await button("Ce sont les mêmes mots").click();
    },
    async finishPairing(name: string): Promise<void> {
      await title(`${name} peut maintenant vous aider`);
      await button("Terminer").click();
    },

    async ask(name: string): Promise<void> {
      await button(`Demander de l’aide à ${name}`).click();
    },
    async answerQuestion(
      answer: "Nous sommes ensemble" | "Je l’ai appelé" | "On m’a appelé",
    ): Promise<void> {
      const wanted = button(answer);
      await expect(wanted).not.toHaveAttribute("aria-disabled", "true", { timeout: INERT_MS });
      await wanted.click();
    },
    async addHost(host: string): Promise<void> {
      const field = page.getByRole("textbox", { name: "Autre adresse" });
      if (!(await field.isVisible()))
        await button("Ce service utilise une autre adresse ?").click();
      await field.fill(host);
      await button("Ajouter cette adresse").click();
      const same = new RegExp(`^${host.replaceAll(".", String.raw`\.`)}$`);
      await expect(page.getByRole("listitem").filter({ hasText: same })).toBeVisible();
    },
    async accept(): Promise<void> {
      await button("J’accepte").click();
    },
    async refuse(): Promise<void> {
      await button("Je refuse").click();
    },

    sees: (name: string) => title(`${name} voit cette page`),
    seesNothing: (name: string) => title(`${name} ne voit rien`),
    over: () => title("L’aide est terminée"),
    async stop(): Promise<void> {
      await button("Arrêter").click();
    },
    async pause(): Promise<void> {
      await button("Pause").click();
    },
    async resume(): Promise<void> {
      await button("Reprendre").click();
    },
    button,
  };
}
