import { assertNever } from "../../shared/errors.ts";
import type { PairingId } from "../../shared/ids.ts";
import { INERT_MS, RING_MS } from "../../shared/protocol/limits.ts";
import { hostOf } from "../../shared/sites.ts";
import type { PairingView, PanelView, PersonView, SceneView } from "../messaging/panel-port.ts";
import type { Highlight } from "../session/live-session.ts";
import {
  type LiveScene,
  NO_TAB,
  mirrorRuns,
  needsGesture,
  type Scene,
  toldHold,
} from "../session/session-state.ts";
import type { Blocked, Person } from "../store/circle-store.ts";

export type Here = { window: number; tab?: number | undefined; url?: string | undefined };

export type ViewSource = {
  people: readonly Person[];
  blocked: readonly Blocked[];
  pairing: PairingView;
  scene: Scene;
  highlight?: Highlight | undefined;
  offline: boolean;
  /** Monotonic and wall clock, both now. */
  now: number;
  wall: number;
};

/** What one panel shows. */
export function viewOf(
  source: ViewSource,
  here: Here | undefined,
): Omit<PanelView, "journal" | "settings" | "talk"> {
  return {
    circle: source.people.map((person) => personView(person, source.wall)),
    blocked: source.blocked,
    pairing: source.pairing,
    scene: sceneView(source, here),
    offline: source.offline,
  };
}

function personView(person: Person, wall: number): PersonView {
  const refusedMs = (person.refusedUntil ?? 0) - wall;
  return {
    pairing: person.pairing,
    name: person.name,
    card: person.card,
    ...(refusedMs > 0 ? { refusedMinutes: Math.ceil(refusedMs / 60_000) } : {}),
    ...(person.ended ? { ended: true } : {}),
    ...(person.paused ? { paused: true } : {}),
    ...(person.trusted && !person.ended ? { trusted: true } : {}),
  };
}

function sceneView(source: ViewSource, here: Here | undefined): SceneView {
  const { scene } = source;
  if (scene.at === "idle") return scene;
  const person = find(source, "plan" in scene ? scene.plan.pairing : scene.pairing);
  if (!person) return { at: "idle" };
  switch (scene.at) {
    case "question": {
      const inertMs = Math.max(0, INERT_MS - (source.now - scene.since));
      return { at: "question", person, inertMs };
    }
    case "warned":
      return { at: "warned", person };
    case "consent": {
      const { busy, notice, plan } = scene;
      const told = whoIsTold(source, plan.pairing);
      return {
        at: "consent",
        person,
        hosts: plan.hosts,
        busy,
        ...(notice ? { notice } : {}),
        ...(told === undefined ? {} : { told }),
      };
    }
    case "ringing":
      return {
        at: "ringing",
        person,
        leftMs: Math.max(0, RING_MS - (source.now - scene.since)),
      };
    case "unanswered":
      return {
        at: "unanswered",
        why: scene.why,
        call: scene.call,
        person,
        tabInFront: here?.tab === scene.plan.tab,
      };
    case "ended":
      return {
        at: "ended",
        reason: scene.reason,
        person,
        tabInFront: here?.tab === scene.plan.tab,
      };
    case "live":
      return liveView(scene, person, source.highlight, here);
    default:
      return assertNever(scene);
  }
}

function liveView(
  scene: LiveScene,
  person: PersonView,
  highlight: Highlight | undefined,
  here: Here | undefined,
): SceneView {
  const hold = toldHold(scene);
  const host = here?.url === undefined ? undefined : hostOf(here.url);
  return {
    at: "live",
    person,
    hosts: scene.plan.hosts,
    link: scene.link,
    sees: mirrorRuns(scene),
    needsGesture: needsGesture(scene),
    needsPage:
      scene.plan.tab === NO_TAB && !(host !== undefined && scene.plan.hosts.includes(host)),
    ...(hold ? { hold } : {}),
    ...(highlight
      ? {
          highlight: {
            text: highlight.text,
            ...(highlight.name ? { name: highlight.name } : {}),
            ...(highlight.state ? { state: highlight.state } : {}),
          },
        }
      : {}),
  };
}

/** [P10] Before a first session with this person. */
function whoIsTold({ people }: ViewSource, pairing: PairingId): string | undefined {
  if (people.find((one) => one.pairing === pairing)?.known !== false) return undefined;
  return people.find((one) => one.trusted && !one.ended && one.pairing !== pairing)?.name;
}

function find({ people, wall }: ViewSource, pairing: PairingId): PersonView | undefined {
  const person = people.find((one) => one.pairing === pairing);
  return person && personView(person, wall);
}
