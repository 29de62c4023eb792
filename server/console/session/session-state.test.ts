import { describe, expect, test } from "vitest";

import {
  canGuide,
  initialSession,
  reduceSession,
  type SessionAction,
  situationOf,
} from "./session-state.ts";

const element = { document: "A", node: 7, role: "Bouton", name: "Envoyer" };
const page = (document: string, allowed = true): SessionAction => ({
  type: "page",
  document,
  host: allowed ? "www.example.fr" : "ailleurs.example",
  allowed,
});
const live: SessionAction[] = [{ type: "opened" }, page("A"), { type: "painted", document: "A" }];

function after(...actions: SessionAction[]) {
  return actions.reduce(reduceSession, initialSession);
}

describe("what there is to say", () => {
  test("the link, then the page, then the picture", () => {
    expect(situationOf(after())).toBe("joining");
    expect(situationOf(after({ type: "opened" }))).toBe("waiting");
    expect(situationOf(after({ type: "opened" }, page("A")))).toBe("loading");
    expect(situationOf(after(...live))).toBe("live");
  });

  test("a picture of an older page is not the new page's", () => {
    const state = after(...live, page("B"), { type: "painted", document: "A" });
    expect(situationOf(state)).toBe("loading");
  });

  test("no network comes before everything else", () => {
    const state = after(...live, { type: "paused", reason: "asked" }, { type: "lost" });
    expect(situationOf(state)).toBe("lost");
    expect(situationOf(reduceSession(state, { type: "network", online: false }))).toBe("offline");
  });

  test("a link that was never open is not lost", () => {
    expect(after({ type: "lost" }).link).toBe("joining");
  });

  test("a pause is told until it is over", () => {
    const paused = after(...live, { type: "paused", reason: "left-site" });
    expect(situationOf(paused)).toBe("paused");
    expect(canGuide(paused)).toBe(false);
    expect(situationOf(reduceSession(paused, { type: "resumed" }))).toBe("live");
  });

  test("[M5] a page outside the grant is never in front", () => {
    const state = after(...live, page("B", false));
    expect(situationOf(state)).toBe("foreign");
    expect(state.page).toBeUndefined();
    expect(situationOf(reduceSession(state, page("C")))).toBe("loading");
  });

  test("a slow line is said, and forgotten by the next link", () => {
    const slow = after(...live, { type: "slow", slow: true });
    expect(situationOf(slow)).toBe("slow");
    expect(canGuide(slow)).toBe(true);
    expect(after(...live, { type: "slow", slow: true }, { type: "lost" }, ...live).slow).toBe(
      false,
    );
  });
});

describe("a highlight", () => {
  const shown: SessionAction = { type: "highlighted", guide: 3, element, text: "ici" };

  test("[V2] is what the page's side says it is", () => {
    const state = after(...live, shown, {
      type: "guided",
      guide: 3,
      state: "shown",
      name: "Envoyer ma demande",
    });
    expect(state.highlight).toMatchObject({ state: "shown", name: "Envoyer ma demande" });
  });

  test("an older one changes nothing", () => {
    const state = after(...live, shown, { type: "guided", guide: 2, state: "lost" });
    expect(state.highlight?.state).toBe("sent");
  });

  test("goes with its page, and stays when the same page is told again", () => {
    expect(after(...live, shown, page("A")).highlight).toBeDefined();
    expect(after(...live, shown, page("B")).highlight).toBeUndefined();
  });

  test("cleared, it is gone and that is said", () => {
    const state = after(...live, shown, { type: "cleared" });
    expect(state).toMatchObject({ highlight: undefined, cleared: true });
    expect(reduceSession(state, shown).cleared).toBe(false);
  });
});
