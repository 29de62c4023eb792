import { acceptInvitation, askForHelp, openPanel } from "./driver/bring-live.ts";
import { createNodeHelper } from "./driver/node-helper.ts";
import { expect, test } from "./fixtures.ts";
import { CONNEXION, DSFR, HOSTILE, MESSAGERIE, WWW } from "./site/hosts.ts";
import { SECRET_PATTERN } from "./site/secrets.ts";

const PAGES = [
  `https://${WWW}/`,
  `https://${WWW}/demarche/etape-1`,
  `https://${WWW}/demarche/etape-2`,
  `https://${WWW}/demarche/etape-3`,
  `https://${WWW}/demarche/recu`,
  `https://${WWW}/paiements`,
  `https://${WWW}/recherche/`,
  `https://${WWW}/cadres/`,
  `https://${WWW}/espace/messages`,
  `https://${CONNEXION}/`,
  `https://${HOSTILE}/noms`,
  `https://${DSFR}/example/component/form/`,
];

/** Typed by the person on the pages; as secret as what was there. */
const TYPED = ["Zoulikha", "0612345678", "motdepasse-lilas", "FR7630006000011234567890189"];

test("[M2] no secret of any page is in anything that reaches the helper", async ({
  beneficiary,
  world,
}) => {
  test.setTimeout(180_000);
  const { tab } = beneficiary;
  const helper = await createNodeHelper(world);
  await tab.goto(PAGES[0] ?? "");
  const panel = await openPanel(beneficiary);
  await acceptInvitation(panel, await helper.invite(), "Camille Roux", "Camille");
  const moreHosts = [CONNEXION, MESSAGERIE, HOSTILE, DSFR];
  await askForHelp({ beneficiary, panel, name: "Camille", first: true, moreHosts });
  const link = await helper.answer(await helper.ring());
  await expect.poll(() => link.open).toBe(true);

  const keyFrames = () =>
    helper.messages.filter((message) => message.type === "mirror.events" && message.key).length;
  await expect.poll(keyFrames).toBeGreaterThan(0);
  const titles: string[] = [];
  for (const page of PAGES) {
    const before = keyFrames();
    await tab.goto(page);
    await expect.poll(keyFrames, { message: page }).toBeGreaterThan(before);
    titles.push(await tab.getByRole("heading", { level: 1 }).first().innerText());
    const fields = tab.locator(
      "main input:visible:not([type=radio],[type=checkbox],[type=file],[type=date])",
    );
    for (const [index, text] of TYPED.entries()) {
      const field = fields.nth(index);
      if (await field.isVisible()) await field.pressSequentially(text);
    }
    await expect.poll(() => link.congested).toBe(false);
    await tab.waitForTimeout(1_200);
  }

  const arrived = helper.messages.map((message) => JSON.stringify(message)).join("\n");
  for (const title of titles) expect(arrived).toContain(title.split("\n")[0]);
  expect(arrived).toContain("Une demande reçoit sa réponse en dix jours.");
  expect(arrived).toContain("Écrivez à votre conseillère.");
  expect(arrived).toContain("Votre conseillère vous appelle le mardi.");
  expect(arrived.match(SECRET_PATTERN)?.[0]).toBeUndefined();
  for (const text of TYPED) expect(arrived).not.toContain(text);
  for (const asset of helper.messages) {
    if (asset.type !== "asset.data") continue;
    const bytes = Buffer.from(asset.bytes, "base64url").toString("latin1");
    expect(bytes.match(SECRET_PATTERN)?.[0]).toBeUndefined();
  }
  expect(world.server.log().match(SECRET_PATTERN)?.[0]).toBeUndefined();
  helper.close();
});
