import { parseArgs } from "node:util";

import { launchBrowser } from "../driver/browser.ts";
import { launchTwo } from "../driver/launch-pair.ts";
import { createWorld, type World } from "../driver/world.ts";
import { DSFR, SITE_HOSTS, WWW } from "../site/hosts.ts";
import { type Site, startSite } from "../site/server.ts";
import type { TaskTime } from "./observe.ts";
import { createOurSide, type OurStart } from "./ours.ts";
import { createPlainSide } from "./plain/run.ts";
import { measureRevocation } from "./revocation.ts";
import { createSharingSide, SHARING_FLAGS } from "./sharing/run.ts";
import { compare, type Measure, percentile } from "./statistics.ts";
import { measureVoice } from "./voice/run.ts";

const HOME = `https://${WWW}/`;
const SEARCH = `https://${WWW}/recherche/`;
const LARGE = `https://${WWW}/paiements`;
const PAGES = [
  { name: "landing page", url: HOME },
  { name: "table of 20,000 nodes", url: LARGE },
  { name: "DSFR forms", url: `https://${DSFR}/example/component/form/` },
];
/** All of them in view when the page opens: what is outside is announced, not outlined. */
const CLICKED = [
  "h1",
  ".button",
  ".cards li h3 a",
  "h2",
  ".intro p",
  "nav a",
  ".intro img",
  ".name",
];
const PLAIN = "plain rrweb";
const SHARING = "tab sharing (WebRTC)";

function say(text: string): void {
  process.stderr.write(`${text}…\n`);
}

interface Snapshot {
  bytes: number;
  task: TaskTime;
}

interface Side {
  snapshots: Snapshot[];
  typing: number[];
  highlights: number[];
}

async function measureOurs(world: World, site: Site): Promise<Side & { first: OurStart }> {
  const two = await launchTwo(world, site);
  try {
    const ours = createOurSide(two, world);
    say("ours: from the consent to the mirror");
    const first = await ours.start(HOME, "h1");
    say("ours: key frames");
    const snapshots: Snapshot[] = [];
    for (const { url } of PAGES) snapshots.push(await ours.visit(url, "h1"));
    say("ours: typing");
    const typing = await ours.typing(SEARCH, "#texte", "#compte");
    say("ours: highlights");
    return { first, snapshots, typing, highlights: await ours.highlights(HOME, CLICKED) };
  } finally {
    await two.close();
  }
}

async function measureTheirs(
  world: World,
  site: Site,
): Promise<{ plain: Side & { first: number }; sharing: { first: number; typing: number[] } }> {
  const common = { executablePath: world.chromium, headless: true, flags: SHARING_FLAGS };
  const [one, other] = await Promise.all([
    launchBrowser({
      ...common,
      closed: true,
      bypassPolicy: true,
      viewport: { width: 1280, height: 800 },
      hosts: new Map(SITE_HOSTS.map((host) => [host.name, site.port])),
    }),
    launchBrowser({ ...common, viewport: { width: 1720, height: 1080 } }),
  ]);
  try {
    const page = one.context.pages()[0] ?? (await one.context.newPage());
    const viewer = other.context.pages()[0] ?? (await other.context.newPage());
    const plain = await createPlainSide(page, viewer);
    say("plain rrweb");
    const snapshots: (Snapshot & { ms: number })[] = [];
    for (const { url } of PAGES) snapshots.push(await plain.firstPaint(url, "h1"));
    const typing = await plain.typing(SEARCH, "#texte", "#compte");
    const highlights = await plain.highlights(HOME, CLICKED);
    const side = { first: snapshots[0]?.ms ?? Number.NaN, snapshots, typing, highlights };
    say("tab sharing");
    const sharing = createSharingSide(page, viewer, plain.viewerUrl);
    const { ms } = await sharing.firstPaint(HOME);
    const seen = await sharing.typing(SEARCH, "#texte", "#compte");
    await plain.close();
    return { plain: side, sharing: { first: ms, typing: seen } };
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}

function twoShares(
  name: string,
  ours: readonly number[],
  theirs: readonly number[],
  against: string,
): Measure[] {
  return [0.5, 0.95].map((share) =>
    compare(`${name}, p${share * 100}`, "ms", percentile(ours, share), {
      name: against,
      value: percentile(theirs, share),
    }),
  );
}

async function measure(): Promise<Measure[]> {
  const site = await startSite();
  const world = await createWorld();
  try {
    const ours = await measureOurs(world, site);
    const { plain, sharing } = await measureTheirs(world, site);
    const accepted = "« J'accepte », ring and answer included, to first painted mirror";
    const answered = "« Répondre » to first painted mirror";
    const key = "keystroke to its effect outside the field";
    const pages = PAGES.flatMap(({ name }, index) => {
      const mine = ours.snapshots[index];
      const other = plain.snapshots[index];
      if (!mine || !other) return [];
      return [
        compare(
          `key frame on the wire, ${name}${index === 0 ? " (seen before)" : ""}`,
          "bytes",
          mine.bytes,
          {
            name: PLAIN,
            value: other.bytes,
          },
        ),
        compare(`main thread of a whole snapshot, ${name}`, "ms", mine.task.all, {
          name: PLAIN,
          value: other.task.all,
        }),
        compare(`its longest piece (0: none above 50 ms), ${name}`, "ms", mine.task.longest, {
          name: PLAIN,
          value: other.task.longest,
        }),
      ];
    });
    return [
      compare(accepted, "ms", ours.first.accepted, { name: PLAIN, value: plain.first }),
      compare(accepted, "ms", ours.first.accepted, { name: SHARING, value: sharing.first }),
      compare(answered, "ms", ours.first.answered, { name: PLAIN, value: plain.first }),
      compare("first page on the wire, with its pictures", "bytes", ours.first.bytes, {
        name: `${PLAIN}, without them`,
        value: plain.snapshots[0]?.bytes ?? Number.NaN,
      }),
      ...pages,
      ...twoShares(key, ours.typing, plain.typing, PLAIN),
      ...twoShares(key, ours.typing, sharing.typing, SHARING),
      ...twoShares("helper's click to highlight", ours.highlights, plain.highlights, PLAIN),
      ...(await measureVoice(site, { home: HOME, search: SEARCH, large: LARGE }, say)),
      ...(await measureRevocation(say)),
    ];
  } finally {
    await world.close();
    await site.close();
  }
}

function print(measures: readonly Measure[], json: boolean): void {
  if (json) {
    for (const one of measures) console.log(JSON.stringify(one));
    return;
  }
  for (const { name, value, unit, ratio, against } of measures) {
    const mine = `${value} ${unit}`.padStart(16);
    console.log(`${name.padEnd(58)}${mine}  × ${ratio ?? "–"} of ${against ?? "nothing alike"}`);
  }
}

/** Everything is waited for by events: one that never comes must not keep the terminal for ever. */
const LONGEST_MS = 600_000;
setTimeout(() => {
  console.error(`no result after ${LONGEST_MS / 1000} s`);
  process.exit(1);
}, LONGEST_MS).unref();

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
try {
  print(await measure(), values.json);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // What was opened before the failure would keep the terminal.
  process.exit(1);
}
