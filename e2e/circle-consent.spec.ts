import { acceptInvitation, NAMES, pairByLink } from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { passQuestionTime } from "./driver/first-question.ts";
import { createNodeHelper } from "./driver/node-helper.ts";
import { expect, test } from "./fixtures.ts";
import { WWW } from "./site/hosts.ts";

const PAGE = `https://${WWW}/demarche/etape-1`;
const NEIGHBOUR = "Mon voisin";

test("[P8] [P9] [P10] the circle: one is told of somebody new, paused, resumed; the other blocked and unblocked", async ({
  beneficiary,
  helper,
  world,
}) => {
  test.setTimeout(90_000);
  const other = await createNodeHelper(world);
  await beneficiary.tab.goto(PAGE);
  const { panel, desk } = await pairByLink(beneficiary, helper, world.serverUrl);
  const { page } = panel;
  const withMe = page.getByRole("region", { name: "Qui est avec vous" });
  const callers = page.getByRole("button", { name: /^Demander de l’aide/ });
  await expect(withMe).toHaveText(
    "En ce moment, personne n’est avec vous. Personne ne voit votre page.",
  );
  await expect(page.getByText("Un proche, non vérifié")).toBeVisible();

  await test.step("somebody to tell", async () => {
    await panel.button(`Qui est-ce ? ${NAMES.helper}`).click();
    await panel.button(`Choisir ${NAMES.helper} comme personne à prévenir`).click();
    await panel.button(`Choisir ${NAMES.helper}`).click();
    await expect(page.getByText("Votre personne à prévenir")).toBeVisible();
    await expect(
      desk.page.getByText(`${NAMES.beneficiary} vous a choisi comme personne à prévenir.`),
    ).toBeVisible();
    await desk.button(/^J’ai compris.+Maman/).click();
  });

  await test.step("paused: nobody is left to call", async () => {
    await panel.button(`Mettre en pause ${NAMES.helper}`).click();
    await expect(page.getByText(`En pause : vous avez choisi`)).toBeVisible();
    await expect(page.getByText("Personne ne peut être appelé pour le moment.")).toBeVisible();
    await expect(callers).toHaveCount(0);
    await checkScreen(page, "panel: one who is paused, and is the one to tell");
  });

  await test.step("a first session with somebody new: said before, and told", async () => {
    await acceptInvitation(panel, await other.invite(), NAMES.helperOwn, NEIGHBOUR);
    await beneficiary.allowHosts([WWW]);
    await beneficiary.tab.bringToFront();
    await panel.ask(NEIGHBOUR);
    await passQuestionTime(beneficiary, panel);
    await panel.answerQuestion("Nous sommes ensemble");
    await panel.title(`Montrer cette page à ${NEIGHBOUR} ?`);
    await expect(
      page.getByText(
        `Quand ${NEIGHBOUR} répondra, ${NAMES.helper}, votre personne à prévenir, lira sur sa page Epaule`,
      ),
    ).toBeVisible();
    await panel.accept();
    await other.answer(await other.ring());
    await panel.sees(NEIGHBOUR);
    await expect(withMe).toContainText(
      `En ce moment, ${NEIGHBOUR} est avec vous, et personne d’autre.`,
    );
    await expect(withMe).toContainText(`Pas avec vous : ${NAMES.helper}.`);
    await expect(
      desk.page.getByText(`Quelqu’un de nouveau aide ${NAMES.beneficiary}`),
    ).toBeVisible();
    await checkScreen(desk.page, "console: somebody new helps");
  });

  await test.step("blocked, found in the list, unblocked", async () => {
    await panel.button(`Qui est-ce ? ${NEIGHBOUR}`).click();
    await panel.button(`Retirer ${NEIGHBOUR}`).click();
    await panel.button("Retirer et bloquer").click();
    await panel.title("Besoin d’aide sur cette page ?");
    await expect(withMe).toContainText("personne n’est avec vous");
    await panel.button("Les personnes bloquées").click();
    await panel.button(`Débloquer ${NEIGHBOUR}`).click();
    await panel.button("Débloquer").click();
    await expect(panel.button("Les personnes bloquées")).toHaveCount(0);
  });

  await test.step("resumed: can be called again", async () => {
    await panel.button(`Fin de la pause pour ${NAMES.helper}`).click();
    await expect(callers).toHaveText(`Demander de l’aide à ${NAMES.helper}`);
  });
  other.close();
});
