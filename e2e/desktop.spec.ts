import type { Beneficiary } from "./driver/beneficiary.ts";
import { acceptInvitation, NAMES, openPanel } from "./driver/bring-live.ts";
import { acceptAndAnswer, ALLOW, REFUSE } from "./driver/browser-question.ts";
import { type Display, openDisplay } from "./driver/display.ts";
import { allowedHosts } from "./driver/extension-inside.ts";
import { launchTestBeneficiary } from "./driver/launch-pair.ts";
import { createNodeHelper, type NodeHelper } from "./driver/node-helper.ts";
import { expect, test } from "./fixtures.ts";
import { createSharedPage, sourceOf } from "./pages/shared-page.ts";
import type { SidePanel } from "./pages/side-panel.ts";
import { ensureDisplay, whyNot } from "./setup/browsers.ts";
import { WWW } from "./site/hosts.ts";

const reason = await whyNot(ensureDisplay);
test.skip(reason !== undefined, reason);

const HOME = `https://${WWW}/`;

/** One story on a real desktop: what the browser itself draws and hears is beyond the page's reach. */
test.describe.configure({ mode: "serial" });

let display: Display;
let beneficiary: Beneficiary;
let helper: NodeHelper;
let panel: SidePanel;
let asServed: string;

test.beforeAll(async ({ site, world }) => {
  display = await openDisplay();
  beneficiary = await launchTestBeneficiary(world, site, { headless: false, env: display.env });
  helper = await createNodeHelper(world);
});

test.afterAll(async () => {
  helper?.close();
  await beneficiary?.close();
  await display?.close();
});

test("the browser's own question: refused, it says so and sends nothing; accepted, it rings", async () => {
  const { tab } = beneficiary;
  await tab.goto(HOME);
  asServed = await sourceOf(tab);
  panel = await openPanel(beneficiary);
  await acceptInvitation(panel, await helper.invite(), NAMES.helperOwn, NAMES.helper);
  await panel.ask(NAMES.helper);
  await panel.answerQuestion("Nous sommes ensemble");
  let rings = 0;
  const ring = helper.ring().finally(() => (rings += 1));

  await test.step("refused", async () => {
    const notice = "Le navigateur n’a pas reçu votre autorisation. Rien n’est montré.";
    // « Refuser » has the keyboard.
    await acceptAndAnswer(display, panel, REFUSE, panel.page.getByText(notice).first());
    await panel.title(`Montrer cette page à ${NAMES.helper} ?`);
    expect(await allowedHosts(panel.page)).toEqual([]);
    expect(await sourceOf(tab)).toBe(asServed);
    expect(rings).toBe(0);
  });

  await test.step("asked again, and accepted", async () => {
    const ringing = panel.page.getByRole("heading", { name: `On appelle ${NAMES.helper}…` });
    await acceptAndAnswer(display, panel, ALLOW, ringing);
    expect(await allowedHosts(panel.page)).toEqual([`${HOME}*`]);
    await helper.answer(await ring);
    await panel.sees(NAMES.helper);
  });
});

test("[S5] Arrêter by the keyboard", async () => {
  const { tab } = beneficiary;
  const shared = createSharedPage(tab);
  await shared.bannerSays(`${NAMES.helper} voit cette page`);
  await tab.getByRole("heading", { level: 1 }).click();
  await display.press("alt+shift+s");
  await expect.poll(() => shared.isClean()).toBe(true);
  expect(await sourceOf(tab)).toBe(asServed);
  await expect.poll(() => allowedHosts(panel.page)).toEqual([]);
  await expect.poll(() => helper.messages.at(-1)?.type).toBe("session.ended");
});
