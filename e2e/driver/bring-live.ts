import { createConsole, type HelperConsole } from "../pages/console.ts";
import { createSidePanel, type SidePanel } from "../pages/side-panel.ts";
import type { Beneficiary } from "./beneficiary.ts";
import { passQuestionTime } from "./first-question.ts";
import type { Helper } from "./helper.ts";

interface Request {
  beneficiary: Beneficiary;
  panel: SidePanel;
  /** What the beneficiary calls their helper. */
  name: string;
  /** Hosts beside the page's own. */
  moreHosts?: readonly string[];
  /** The question of a first session is asked once for a pairing. */
  first: boolean;
  /** Waits as long as a person has to, before the question is answered. */
  waits?: boolean;
}

/** Opens the side panel on the page that is in the tab, by a click on the icon. */
export async function openPanel(beneficiary: Beneficiary): Promise<SidePanel> {
  return createSidePanel(await beneficiary.openPanel());
}

/** From the link to « peut maintenant vous aider », on the beneficiary's side. */
export async function acceptInvitation(
  panel: SidePanel,
  invitation: string,
  ownName: string,
  name: string,
): Promise<void> {
  await panel.addByText(invitation);
  await panel.nameHelper(ownName, name);
  await panel.finishPairing(name);
}

/** From « Demander de l'aide » to « J'accepte ». The helper's side rings when this is done. */
export async function askForHelp(request: Request): Promise<void> {
  const { beneficiary, panel, name, moreHosts = [] } = request;
  const own = new URL(beneficiary.tab.url()).hostname;
  await beneficiary.allowHosts([own, ...moreHosts]);
  await beneficiary.tab.bringToFront();
  await panel.ask(name);
  if (request.first) {
    if (!request.waits) await passQuestionTime(beneficiary, panel);
    await panel.answerQuestion("Nous sommes ensemble");
  }
  for (const host of moreHosts) await panel.addHost(host);
  await panel.accept();
}

/** What each calls the other, in stories where it does not matter. */
export const NAMES = { helperOwn: "Camille Roux", helper: "Camille", beneficiary: "Maman" };

export interface Pair {
  beneficiary: Beneficiary;
  panel: SidePanel;
  desk: HelperConsole;
}

/** An account by passkey, an invitation by link, and both know each other. The tab shows a page. */
export async function pairByLink(
  beneficiary: Beneficiary,
  helper: Helper,
  serverUrl: string,
): Promise<Pair> {
  const desk = createConsole(helper.page, serverUrl);
  await desk.signUp(NAMES.helperOwn);
  const { link } = await desk.invite(NAMES.beneficiary);
  await desk.closeInvitation();
  const panel = await openPanel(beneficiary);
  await acceptInvitation(panel, link, NAMES.helperOwn, NAMES.helper);
  return { beneficiary, panel, desk };
}

/** From « Demander de l'aide » to the first painted mirror. */
export async function goLive(
  { beneficiary, panel, desk }: Pair,
  options: Pick<Request, "first" | "moreHosts" | "waits">,
): Promise<void> {
  await askForHelp({ beneficiary, panel, name: NAMES.helper, ...options });
  await desk.answer(NAMES.beneficiary);
  await desk.live();
}
