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

/** What only the frames of a page say. */
const IN_FRAMES = new Map([
  [
    `https://${WWW}/cadres/`,
    [
      "Une demande reçoit sa réponse en dix jours.",
      "Écrivez à votre conseillère.",
      "Votre conseillère vous appelle le mardi.",
    ],
  ],
]);

/** Typed by the person on the pages; as secret as what was there. */
const TYPED = ["Zoulikha", "0612345678", "motdepasse-lilas", "FR7630006000011234567890189"];

/** The fields that are told as filled: by a change, or by a key frame that came just then. */
function filledIn(value: unknown, found = new Set<unknown>()): Set<unknown> {
  if (typeof value !== "object" || value === null) return found;
  if ("id" in value && "attributes" in value) {
    const { id, attributes } = value;
    if (JSON.stringify(attributes).includes('"data-epaule-field":"filled"')) found.add(id);
  }
  for (const inner of Object.values(value)) filledIn(inner, found);
  return found;
}

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
  const arrivedSince = (message: number) =>
    helper.messages
      .slice(message)
      .map((one) => JSON.stringify(one))
      .join("\n");
  const titles: string[] = [];
  for (const page of PAGES) {
    const before = keyFrames();
    await tab.goto(page);
    await expect.poll(keyFrames, { message: page }).toBeGreaterThan(before);
    titles.push(await tab.getByRole("heading", { level: 1 }).first().innerText());
    const fields = tab.locator(
      "main input:visible:not([type=radio],[type=checkbox],[type=file],[type=date])",
    );
    // [M3] What a script of the page has just filled in is not told again within that second.
    await tab.waitForFunction(() => {
      const [entry] = performance.getEntriesByType("navigation");
      const loaded = entry instanceof PerformanceNavigationTiming ? entry.loadEventEnd : 0;
      return loaded > 0 && performance.now() - loaded > 1_000;
    });
    const since = helper.messages.length;
    let typed = 0;
    for (const [index, text] of TYPED.entries()) {
      const field = fields.nth(index);
      if (!(await field.isVisible())) continue;
      await field.pressSequentially(text);
      await field.blur();
      typed += 1;
    }
    // A field that was left is told last as filled: after that, nothing of it is on its way.
    const filled = () => filledIn(helper.messages.slice(since)).size;
    await expect.poll(filled, { message: page }).toBeGreaterThanOrEqual(typed);
    const mark = `Repère ${titles.length}`;
    await tab
      .locator("h1")
      .first()
      .evaluate((heading, text) => heading.append(text), mark);
    await expect.poll(() => arrivedSince(since), { message: page }).toContain(mark);
    for (const text of IN_FRAMES.get(page) ?? [])
      await expect.poll(() => arrivedSince(0), { message: page }).toContain(text);
  }

  const arrived = arrivedSince(0);
  for (const title of titles) expect(arrived).toContain(title.split("\n")[0]);
  expect([...IN_FRAMES.keys()].every((page) => PAGES.includes(page))).toBe(true);
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
