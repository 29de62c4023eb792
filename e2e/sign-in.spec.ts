import type { Page } from "@playwright/test";

import { NAMES } from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { mailedLink } from "./driver/mailed-link.ts";
import { expect, test } from "./fixtures.ts";
import { createConsole } from "./pages/console.ts";

const INSTEAD = "Sans clé d’accès : recevoir un lien par courriel";
const SEND = "Recevoir un lien par courriel";
const OWN_NAME = "Votre nom, tel que la personne que vous aidez le connaît";
const CARD = "Me prévenir aussi par courriel";
/** The server refuses a link that was used, and the browser notes it. */
const REFUSED = /\/api\/account(\/mail(\/prove)?)?$/;

const newAddress = () => `${crypto.randomUUID()}@example.org`;

/** One of the two cards of the way in. */
function way(page: Page, name: "Je viens pour la première fois" | "J’ai déjà un compte") {
  const card = page.getByRole("region", { name });
  return {
    card,
    async open(address: string): Promise<void> {
      const instead = card.getByRole("button", { name: INSTEAD });
      if ((await instead.getAttribute("aria-expanded")) !== "true") await instead.click();
      await card.getByLabel("Votre adresse de courriel").fill(address);
    },
    send: () => card.getByRole("button", { name: SEND, exact: true }).click(),
  };
}

test("a helper without a passkey signs up and in by a mailed link; a used one says so", async ({
  helper,
  world,
}) => {
  test.setTimeout(180_000);
  const desk = createConsole(helper.page, world.serverUrl);
  const { page } = desk;
  const check = (screen: string) => checkScreen(page, `console: ${screen}`);
  const address = newAddress();
  await page.goto(world.serverUrl);
  const create = way(page, "Je viens pour la première fois");

  await test.step("signing up asks for a name and a whole address first", async () => {
    await create.open("claire");
    await create.send();
    await expect(create.card.getByText("Écrivez d’abord votre nom.")).toBeVisible();
    await expect(create.card.getByText(/ne semble pas complète/)).toBeVisible();
    await check("mail form, with two mistakes");
  });

  let used = "";
  await test.step("the link opens the account, under the name that was written", async () => {
    await page.getByLabel(OWN_NAME).fill(NAMES.helperOwn);
    await create.open(address);
    used = await mailedLink(world, "signIn", () => create.send());
    await expect(page.getByText("Regardez vos courriels")).toBeVisible();
    await expect(page.getByText(address)).toBeVisible();
    await check("mail sent");
    await page.goto(used);
    await desk.title(`Bonjour ${NAMES.helperOwn}`);
    await expect(page.getByRole("main").getByText("Vous êtes joignable")).toBeVisible();
  });

  await test.step("its address is the only way in: it can be changed, not removed", async () => {
    const card = page.getByRole("region", { name: CARD });
    await expect(card.getByText(`Les appels manqués sont annoncés à ${address}.`)).toBeVisible();
    await expect(card.getByRole("button", { name: "Changer l’adresse" })).toBeVisible();
    await expect(card.getByRole("button", { name: "Retirer l’adresse" })).toHaveCount(0);
  });

  await test.step("a link that was used says so, and what to do", async () => {
    await desk.button("Se déconnecter").click();
    await desk.title("Aidez quelqu’un, à son épaule");
    await page.goto(used);
    await expect(page.getByText("Ce lien de connexion ne marche plus.")).toBeVisible();
    expect(new URL(page.url()).search).toBe("");
    await check("a used sign-in link");
  });

  await test.step("signing in again needs no name", async () => {
    const open = way(page, "J’ai déjà un compte");
    await open.open(address);
    await page.goto(await mailedLink(world, "signIn", () => open.send()));
    await desk.title(`Bonjour ${NAMES.helperOwn}`);
  });
});

test("whoever comes by a mailed link without an account is asked for their name, once", async ({
  helper,
  world,
}) => {
  const desk = createConsole(helper.page, world.serverUrl);
  const { page } = desk;
  await page.goto(world.serverUrl);
  const open = way(page, "J’ai déjà un compte");
  await open.open(newAddress());
  await page.goto(await mailedLink(world, "signIn", () => open.send()));
  await desk.title("Comment vous appelez-vous ?");
  await desk.button("Continuer").click();
  await expect(page.getByText("Écrivez d’abord votre nom.")).toBeVisible();
  await checkScreen(page, "console: naming, with a mistake");
  await page.getByLabel(OWN_NAME).fill("Camille Roux");
  await desk.button("Continuer").click();
  await desk.title("Bonjour Camille Roux");
  await page.reload();
  await desk.title("Bonjour Camille Roux");
});

test("[S3] a helper with a passkey adds an address by its link, changes it, signs in with it and takes it away", async ({
  helper,
  world,
}) => {
  test.setTimeout(180_000);
  const desk = createConsole(helper.page, world.serverUrl);
  const { page } = desk;
  const check = (screen: string) => checkScreen(page, `console: ${screen}`, { refused: REFUSED });
  const card = page.getByRole("region", { name: CARD });
  const press = (name: string) => card.getByRole("button", { name, exact: true }).click();
  const field = card.getByLabel("Votre adresse de courriel");
  const [first, second] = [newAddress(), newAddress()];
  await desk.signUp(NAMES.helperOwn);

  await test.step("nothing is asked for; an address that is not whole is said to be so", async () => {
    await expect(card.getByText(/C’est facultatif/)).toBeVisible();
    await press("Ajouter mon adresse");
    await field.fill("claire@");
    await press("Recevoir le lien");
    await expect(card.getByText(/ne semble pas complète/)).toBeVisible();
    await check("home, mail address with a mistake");
  });

  const confirm = () => desk.button(/^Oui, c’est moi/).click();
  let link = "";
  await test.step("the link is on its way, and nothing is saved yet", async () => {
    await field.fill(first);
    link = await mailedLink(world, "proof", () => press("Recevoir le lien"));
    await expect(card.getByText(`Un lien est parti vers ${first}.`)).toBeVisible();
    await check("home, mail address on its way");
    await page.reload();
    await expect(card.getByText(/C’est facultatif/)).toBeVisible();
  });

  await test.step("opened and refused, nothing changes: whoever looks at a mail may open its links", async () => {
    await page.goto(link);
    await desk.title("Avez-vous demandé cela ?");
    await check("the question of a mailed link");
    await desk.button("Non, ce n’est pas moi").click();
    await expect(card.getByText(/C’est facultatif/)).toBeVisible();
  });

  await test.step("opened and confirmed, it is: the page says so, and keeps no trace in its address", async () => {
    await page.goto(link);
    await confirm();
    await expect(page.getByText(`L’adresse ${first} est confirmée.`)).toBeVisible();
    await expect(card.getByText(`Les appels manqués sont annoncés à ${first}.`)).toBeVisible();
    expect(page.url()).toBe(`${world.serverUrl}/`);
    await check("home, mail address proved");
    await desk.button("J’ai compris").click();
  });

  await test.step("a used link changes nothing, and says what is saved", async () => {
    await page.goto(link);
    await confirm();
    await expect(page.getByText(`L’adresse enregistrée est ${first}.`)).toBeVisible();
    await check("home, a used link");
  });

  await test.step("another address, whose link is opened where nobody is signed in", async () => {
    await press("Changer l’adresse");
    await field.fill(second);
    link = await mailedLink(world, "proof", () => press("Recevoir le lien"));
    await desk.button("Se déconnecter").click();
    await desk.title("Aidez quelqu’un, à son épaule");
    await page.goto(link);
    await confirm();
    await expect(page.getByText(/^Votre adresse est confirmée/)).toBeVisible();
    await check("sign-in, mail address proved");
    await page.goto(link);
    await confirm();
    await expect(page.getByText(/^Ce lien de confirmation ne marche plus/)).toBeVisible();
    await check("sign-in, a used link");
  });

  await test.step("that address opens the same account", async () => {
    const open = way(page, "J’ai déjà un compte");
    await open.open(second);
    await page.goto(await mailedLink(world, "signIn", () => open.send()));
    await desk.title(`Bonjour ${NAMES.helperOwn}`);
    await expect(card.getByText(`Les appels manqués sont annoncés à ${second}.`)).toBeVisible();
  });

  await test.step("removed, it is gone, and the passkey still opens the account", async () => {
    await press("Retirer l’adresse");
    const dialog = page.getByRole("alertdialog", { name: "Retirer cette adresse ?" });
    await expect(dialog).toBeVisible();
    await check("remove the mail address");
    await dialog.getByRole("button", { name: "Retirer l’adresse" }).click();
    await expect(card.getByText("L’adresse est retirée.")).toBeVisible();
    await expect(card.getByText(/C’est facultatif/)).toBeVisible();
    await desk.button("Se déconnecter").click();
    await desk.button("Me connecter avec ma clé d’accès").click();
    await desk.title(`Bonjour ${NAMES.helperOwn}`);
    await expect(card.getByText(/C’est facultatif/)).toBeVisible();
  });
});

test("the sixth link to one address is refused in words; a server that is away is said to be so", async ({
  helper,
  world,
}) => {
  test.setTimeout(120_000);
  const desk = createConsole(helper.page, world.serverUrl);
  const { page } = desk;
  const card = page.getByRole("region", { name: CARD });
  const press = (name: string) => card.getByRole("button", { name, exact: true }).click();
  const address = newAddress();
  await desk.signUp(NAMES.helperOwn);
  await press("Ajouter mon adresse");
  for (let times = 0; times < 5; times += 1) {
    await card.getByLabel("Votre adresse de courriel").fill(address);
    await mailedLink(world, "proof", () => press("Recevoir le lien"));
    await press("Demander un autre lien");
  }
  await card.getByLabel("Votre adresse de courriel").fill(address);
  await press("Recevoir le lien");
  await expect(card.getByText(/Attendez dix minutes/)).toBeVisible();
  await checkScreen(page, "home, too many links", { refused: REFUSED });

  await desk.button("Se déconnecter").click();
  await desk.title("Aidez quelqu’un, à son épaule");
  const open = way(page, "J’ai déjà un compte");
  await open.open(address);
  await world.server.stop();
  await open.send();
  await expect(page.getByText(/^Epaule ne répond pas/)).toBeVisible();
  await checkScreen(page, "console: mail not sent", { refused: /\/api\// });
  await world.restartServer();
});
