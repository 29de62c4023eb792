import { acceptInvitation, askForHelp, NAMES, openPanel } from "./driver/bring-live.ts";
import { checkScreen } from "./driver/check-screen.ts";
import { openDisplay } from "./driver/display.ts";
import { addAuthenticator } from "./driver/helper.ts";
import { launchPlainBrowser } from "./driver/plain-browser.ts";
import { watchSound } from "./driver/sound-watch.ts";
import { expect, test } from "./fixtures.ts";
import { createConsole } from "./pages/console.ts";
import { ensureDisplay, whyNot } from "./setup/browsers.ts";
import { WWW } from "./site/hosts.ts";

const reason = await whyNot(ensureDisplay);
test.skip(reason !== undefined, reason);

const RING_MS = 60_000;
const RINGS = `☎ ${NAMES.beneficiary} vous appelle`;

test("[S2] a console behind another tab rings aloud; when nobody answers, both sides read it", async ({
  beneficiary,
  world,
}) => {
  test.setTimeout(240_000);
  const display = await openDisplay();
  const browser = await launchPlainBrowser({
    executablePath: world.chromium,
    env: display.env,
    // The browser draws its notifications itself: this display has no desktop to hand them to.
    flags: ["--disable-features=NativeNotifications"],
  });
  const windows = async (): Promise<string[]> =>
    (await display.windows()).map(({ name, width, height }) => `${name} ${width} × ${height}`);
  try {
    const { context } = browser;
    const page = context.pages()[0] ?? (await context.newPage());
    const session = await context.newCDPSession(page);
    await addAuthenticator(session);
    const sound = await watchSound(session);
    await session.send("Browser.grantPermissions", {
      permissions: ["notifications"],
      origin: world.serverUrl,
    });
    const isHidden = () => page.evaluate(() => document.hidden);

    const desk = createConsole(page, world.serverUrl);
    await desk.signUp(NAMES.helperOwn);
    const { link } = await desk.invite(NAMES.beneficiary);
    await desk.closeInvitation();
    await beneficiary.tab.goto(`https://${WWW}/`);
    const panel = await openPanel(beneficiary);
    await acceptInvitation(panel, link, NAMES.helperOwn, NAMES.helper);
    await expect(desk.page.getByText(/peut maintenant vous appeler/)).toBeVisible();
    const calm = await page.title();
    await context.newPage();
    await expect.poll(isHidden).toBe(true);
    const [before, silence] = [await windows(), sound.playing()];

    await test.step("it rings: title, sound, notification", async () => {
      await askForHelp({ beneficiary, panel, name: NAMES.helper, first: true });
      await expect(page).toHaveTitle(RINGS);
      await expect.poll(() => sound.state()).toBe("running");
      expect(sound.playing()).toBeGreaterThan(silence);
      await expect.poll(windows).toHaveLength(before.length + 1);
      await expect(page).toHaveTitle(calm);
      await expect(page).toHaveTitle(RINGS);
      expect(await isHidden()).toBe(true);
    });

    await test.step("nobody answers for a minute", async () => {
      await expect(panel.page.getByRole("heading", { level: 1 })).toHaveText(
        `${NAMES.helper} n’a pas répondu`,
        { timeout: RING_MS + 10_000 },
      );
      await expect(
        panel.page
          .getByText(`Rien n’a été montré. ${NAMES.helper} verra que vous avez appelé.`)
          .first(),
      ).toBeVisible();
      await checkScreen(panel.page, "panel: nobody answered");
      await expect(page).toHaveTitle(calm);
      await expect.poll(() => sound.playing()).toBe(silence);
      await expect.poll(windows).toEqual(before);
      await page.bringToFront();
      await expect(
        page.getByText(`Vous avez manqué l’appel de ${NAMES.beneficiary}.`),
      ).toBeVisible();
      await expect(page.getByRole("region", { name: "Un appel manqué" })).toBeVisible();
    });

    await test.step("one can ask again at once; nothing ever opened, so the question comes again", async () => {
      await beneficiary.tab.bringToFront();
      await panel.button("Essayer à nouveau").click();
      await panel.title(`Avant de commencer avec ${NAMES.helper}`);
    });
  } finally {
    await browser.close();
    await display.close();
  }
});
