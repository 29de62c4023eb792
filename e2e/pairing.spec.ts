import { NAMES, openPanel } from "./driver/bring-live.ts";
import { passQuestionTime } from "./driver/first-question.ts";
import { createNodeHelper } from "./driver/node-helper.ts";
import { expect, test } from "./fixtures.ts";
import { createConsole } from "./pages/console.ts";
import { WWW } from "./site/hosts.ts";

const HOME = `https://${WWW}/`;

test("[P4] a code that is read aloud pairs when both see the same two words and say so", async ({
  beneficiary,
  helper,
  world,
}) => {
  const desk = createConsole(helper.page, world.serverUrl);
  await desk.signUp(NAMES.helperOwn);
  const { code } = await desk.invite(NAMES.beneficiary);
  await beneficiary.tab.goto(HOME);
  const panel = await openPanel(beneficiary);
  await panel.addByText(code);
  await panel.nameHelper(NAMES.helperOwn, NAMES.helper);
  const mine = await panel.words();
  expect(await desk.words()).toEqual(mine);
  await panel.confirmWords();
  await desk.confirmWords();
  await panel.finishPairing(NAMES.helper);
  await expect(desk.page.getByText("Maman peut maintenant vous appeler.").first()).toBeVisible();
});

test("[P4] words that are not the same burn the code, on both sides", async ({
  beneficiary,
  helper,
  world,
}) => {
  const desk = createConsole(helper.page, world.serverUrl);
  await desk.signUp(NAMES.helperOwn);
  const { code } = await desk.invite(NAMES.beneficiary);
  await beneficiary.tab.goto(HOME);
  const panel = await openPanel(beneficiary);
  await panel.addByText(code);
  await panel.nameHelper(NAMES.helperOwn, NAMES.helper);
  await panel.words();
  await panel.button("Ce ne sont pas les mêmes").click();
  await expect(panel.page.getByText(/ce code ne sert plus à rien/).first()).toBeVisible();
  await expect(desk.page.getByRole("heading", { name: "Le lien ne s’est pas fait" })).toBeVisible();
  await panel.addByText(code);
  await expect(panel.page.getByText(/Cette invitation est introuvable/).first()).toBeVisible();
});

test("[P2] the icon, clicked on the invitation's own page, reads the invitation", async ({
  beneficiary,
  site,
  world,
}) => {
  const helper = await createNodeHelper(world);
  const link = await helper.invite();
  site.requests.length = 0;
  const asked: string[] = [];
  beneficiary.tab.on("request", (request) => asked.push(request.url()));
  const answer = await beneficiary.tab.goto(link);
  expect(answer?.headers()["content-security-policy"]).toContain("script-src 'none'");
  const secret = new URL(link).hash.slice(1);
  expect(asked.some((url) => url.includes(secret))).toBe(false);
  expect(world.server.log()).not.toContain(secret);
  const panel = await openPanel(beneficiary);
  await panel.nameHelper(NAMES.helperOwn, NAMES.helper);
  await panel.finishPairing(NAMES.helper);
  helper.close();
});

test("an invitation that was used, cut or is another server's gets a sentence of its own", async ({
  beneficiary,
  world,
}) => {
  const helper = await createNodeHelper(world);
  const link = await helper.invite();
  await beneficiary.tab.goto(HOME);
  const panel = await openPanel(beneficiary);
  const says = async (words: RegExp) =>
    await expect(panel.page.getByText(words).first()).toBeVisible();
  await panel.addByText("n’importe quoi");
  await says(/Ce n’est ni un lien d’invitation/);
  await panel.addByText(link.split("#")[0] ?? "");
  await says(/Il manque la fin du lien/);
  await panel.addByText(link.replace(world.serverUrl, "https://autre.example"));
  await says(/vient d’un autre service Epaule/);
  const wrongKey = link.replace(/\.[\w-]+$/, `.${"A".repeat(43)}`);
  await panel.addByText(wrongKey);
  await says(/ne correspond pas à la personne qui répond/);
  await panel.addByText(link);
  await panel.nameHelper(NAMES.helperOwn, NAMES.helper);
  await panel.finishPairing(NAMES.helper);
  await panel.addByText(link);
  await says(/Cette invitation est introuvable/);
  helper.close();
});

test("[P5] « On m'a appelé » shows nothing and refuses that person for an hour", async ({
  beneficiary,
  world,
}) => {
  const helper = await createNodeHelper(world);
  await beneficiary.tab.goto(HOME);
  const panel = await openPanel(beneficiary);
  await panel.addByText(await helper.invite());
  await panel.nameHelper(NAMES.helperOwn, NAMES.helper);
  await panel.finishPairing(NAMES.helper);
  await panel.ask(NAMES.helper);
  await passQuestionTime(beneficiary, panel);
  await panel.answerQuestion("On m’a appelé");
  await panel.title("Raccrochez");
  await panel.button("J’ai compris").click();
  await expect(panel.page.getByText(/En pause par prudence/).first()).toBeVisible();
  expect(helper.messages).toEqual([]);
  helper.close();
});
