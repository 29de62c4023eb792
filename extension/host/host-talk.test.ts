import { beforeEach, describe, expect, test } from "vitest";

import { settle } from "../../shared/client/testing/fake-clock.ts";
import type { BeneficiaryTalk } from "../../shared/protocol/peer.ts";
import type { TalkCommand } from "../messaging/talk-view.ts";
import { createSessionStore } from "../store/session-store.ts";
import { createSettingsStore } from "../store/settings-store.ts";
import { createWorld, type World } from "./testing/world.ts";

const HELLO = "AAAAAAAAAAAAAAAAAAAAAA";
const THEIRS = {
  type: "voice.status",
  state: "on",
  microphone: "open",
  hears: true,
  line: "good",
} as const;

let world: World;
beforeEach(async () => {
  world = await createWorld({ voice: true });
});

function sent<T extends BeneficiaryTalk["type"]>(type: T): Extract<BeneficiaryTalk, { type: T }>[] {
  return world.links
    .flatMap((link) => link.sent)
    .filter((message): message is Extract<BeneficiaryTalk, { type: T }> => message.type === type);
}

async function say(command: TalkCommand): Promise<void> {
  world.panel.say(command);
  await settle();
}

/** The session host is killed and comes back. */
async function crash(): Promise<void> {
  const { session, pairing } = world;
  const grant = { statement: "AAAA", signature: "A".repeat(86) };
  world.server.answers["session.current"] = {
    current: { session, pairing, state: "live", grant, remaining: 7_000_000 },
  };
  await world.restart({ wait: 1_000 });
  world.link.emit({ type: "open", known: [] });
  await settle();
}

describe("the voice", () => {
  test("[A5] nothing of it before the link is open; then the key, then the room", async () => {
    await world.ring();
    await world.answer();
    expect(world.voice.wants).toEqual([]);
    world.link.emit({ type: "open", known: [] });
    await settle();
    const [first] = world.link.types;
    expect(first).toBe("voice.key");
    expect(world.voice.wanted).toMatchObject({ muted: false, volume: 1, meter: false });
    expect(sent("voice.key").map(({ key }) => key)).toEqual([world.voice.wanted?.key]);
  });

  test("[A3] an agreement that says nothing of a microphone has none", async () => {
    world = await createWorld({ voice: false });
    await world.live();
    expect(world.voice.wants).toEqual([]);
    expect(world.link.types).not.toContain("voice.key");
    expect(world.view.talk?.voice).toBeUndefined();
    await say({ type: "text.say", words: "Bonjour" });
    expect(sent("text.message")).toHaveLength(1);
  });

  test("[A3] its ticket is asked for this session", async () => {
    await world.live();
    const ticket = { url: "wss://voix.example", token: "t" };
    world.server.answers["voice.join"] = ticket;
    expect(await world.voice.user.requestTicket()).toEqual(ticket);
    expect(world.server.asked.at(-1)).toEqual({
      type: "voice.join",
      body: { session: world.session },
    });
  });

  test("[A5] the same key at each opening of the link, another one in each session", async () => {
    await world.live();
    world.link.emit({ type: "lost" });
    world.link.emit({ type: "open", known: [] });
    await settle();
    const [one, again] = sent("voice.key");
    expect(again).toEqual(one);
    await world.say({ type: "session.stop" });
    await world.live();
    const keys = new Set(sent("voice.key").map(({ key }) => key));
    expect(keys.size).toBe(2);
  });

  test("[A5] a session host that was killed makes another key", async () => {
    await world.live();
    await crash();
    expect(new Set(sent("voice.key").map(({ key }) => key)).size).toBe(2);
    expect(world.voice.wanted?.key).toBe(sent("voice.key").at(-1)?.key);
  });

  test("[A6] Arrêter puts it off in the same task, before anything is sent", async () => {
    await world.live();
    const { voice } = world;
    world.server.state = "offline";
    world.panel.say({ type: "session.stop" });
    expect(voice.wanted).toBeUndefined();
    await settle();
    voice.be({ state: "on", microphone: "open" });
    expect(world.view.talk).toBeUndefined();
  });

  test("[A6] Pause leaves it on", async () => {
    await world.live();
    await world.say({ type: "session.pause" });
    expect(world.voice.wanted).toBeDefined();
    expect(world.view.scene).toMatchObject({ at: "live", sees: false });
  });

  test("[A6] a break of 60 s leaves it on, a longer one ends it until « Reprendre »", async () => {
    await world.live();
    world.link.emit({ type: "lost" });
    await world.advance(55_000);
    expect(world.voice.wanted).toBeDefined();
    await world.advance(15_000);
    expect(world.voice.wanted).toBeUndefined();
    world.link.emit({ type: "open", known: [] });
    await settle();
    expect(world.voice.wanted).toBeUndefined();
    expect(sent("voice.key")).toHaveLength(1);
    await world.say({ type: "session.resume" });
    expect(world.voice.wanted).toBeDefined();
    // The helper's room opens with the key, and so not before.
    expect(sent("voice.key")).toHaveLength(2);
  });

  test("[A6] a microphone that was switched off stays off, whatever is killed", async () => {
    await world.live();
    await say({ type: "voice.mute", muted: true });
    expect(world.voice.wanted?.muted).toBe(true);
    expect((await createSessionStore(world.keyValue).load())?.muted).toBe(true);
    await crash();
    expect(world.voice.wanted?.muted).toBe(true);
    expect(world.view.talk?.voice?.muted).toBe(true);
  });

  test("[A7] it says how it is when that changes, at most once a second, and again to a new link", async () => {
    await world.live();
    world.voice.be({ state: "joining" });
    const before = sent("voice.status").length;
    for (const hears of [true, false, true, false, true])
      world.voice.be({ state: "on", microphone: "open", hears });
    await world.advance(500);
    expect(sent("voice.status")).toHaveLength(before);
    await world.advance(600);
    expect(sent("voice.status")).toHaveLength(before + 1);
    await world.advance(5_000);
    expect(sent("voice.status")).toHaveLength(before + 1);
    expect(sent("voice.status").at(-1)).toMatchObject({ state: "on", hears: true });
    world.link.emit({ type: "lost" });
    world.link.emit({ type: "open", known: [] });
    await world.advance(1_100);
    expect(sent("voice.status")).toHaveLength(before + 2);
  });

  test("the panel shows both ends, and the devices", async () => {
    await world.live();
    world.voice.be({ state: "on", microphone: "open", line: "fair" });
    const microphones = [{ id: "a", label: "Casque" }];
    world.voice.hear({ type: "place.devices", microphones, speakers: [] });
    world.link.emit({ type: "message", message: THEIRS });
    await settle();
    expect(world.view.talk?.voice).toMatchObject({
      state: "on",
      microphone: "open",
      line: "fair",
      microphones,
      theirs: THEIRS,
    });
  });

  test("[A7] « vous entend » rests on the other end's own word, and on nothing older", async () => {
    await world.live();
    const isHeard = (): boolean | undefined => world.view.talk?.voice?.isHeard;
    const open = { state: "on", microphone: "open", peer: "silent" } as const;
    const hear = async (change: object): Promise<void> => {
      world.link.emit({ type: "message", message: { ...THEIRS, ...change } });
      await settle();
    };
    const be = async (state: Parameters<typeof world.voice.be>[0]): Promise<void> => {
      world.voice.be(state);
      await settle();
    };
    await be(open);
    await hear({ hears: false });
    expect(isHeard()).toBe(false);
    await hear({ hears: true });
    expect(isHeard()).toBe(true);
    await hear({ hears: false });
    // A silence.
    expect(isHeard()).toBe(true);
    for (const end of [
      () => be({ ...open, microphone: "muted" }),
      () => be({ ...open, state: "joining" }),
      () => be({ ...open, peer: "absent" }),
      () => hear({ state: "joining", hears: false }),
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after another
      await end();
      expect(isHeard()).toBe(false);
      // oxlint-disable-next-line no-await-in-loop
      await hear({ hears: false });
      // oxlint-disable-next-line no-await-in-loop
      await be(open);
      expect(isHeard()).toBe(false);
      // oxlint-disable-next-line no-await-in-loop
      await hear({ hears: true });
      expect(isHeard()).toBe(true);
    }
    world.link.emit({ type: "lost" });
    await settle();
    expect(isHeard()).toBe(false);
    expect(world.view.talk?.voice).not.toHaveProperty("theirs");
  });

  test("[A7] a voice that has not begun yet is not said to be off; one that stays off is", async () => {
    await world.live();
    await world.advance(2_000);
    expect(sent("voice.status")).toEqual([]);
    await world.advance(2_000);
    expect(sent("voice.status").map(({ state }) => state)).toEqual(["off"]);
    world.voice.be({ state: "joining" });
    await world.advance(2_000);
    world.voice.be({ state: "off" });
    world.voice.be({ state: "on", microphone: "open" });
    await world.advance(4_000);
    expect(sent("voice.status").map(({ state }) => state)).toEqual(["off", "joining", "on"]);
  });

  test("the page says whether the microphone is open, and is not told what it knows", async () => {
    const page = await world.live();
    const told = (): unknown[] =>
      page.posted.filter(
        (message) => typeof message === "object" && message !== null && "microphone" in message,
      );
    world.voice.be({ state: "on", microphone: "open" });
    world.voice.be({ state: "joining", microphone: "open" });
    world.voice.be({ state: "on", microphone: "open", hears: true });
    world.voice.be({ state: "on", microphone: "muted" });
    world.voice.be({ state: "off" });
    await settle();
    expect(told()).toEqual([
      { type: "host.microphone", microphone: "open" },
      { type: "host.microphone", microphone: "shut" },
      { type: "host.microphone", microphone: "none" },
    ]);
    world.voice.be({ state: "on", microphone: "open" });
    await world.say({ type: "session.pause" });
    const next = world.recorder({}, { document: "BBBBBBBBBBBBBBBBBBBBBA" });
    await settle();
    expect(next.posted[0]).toMatchObject({
      type: "host.start",
      paused: "asked",
      microphone: "open",
    });
  });

  test("the input level goes to a panel that shows it, and is measured for one only", async () => {
    await world.live();
    expect(world.voice.wanted?.meter).toBe(false);
    await say({ type: "voice.level", show: true });
    expect(world.voice.wanted?.meter).toBe(true);
    world.voice.hear({ type: "place.level", level: 0.4 });
    expect(world.panel.posted.at(-1)).toEqual({ level: 0.4 });
    world.panel.leave();
    expect(world.voice.wanted?.meter).toBe(false);
  });

  test("the microphone that was allowed on its page is looked for at once", async () => {
    await world.live();
    await world.host.calls["microphone.changed"](null);
    expect(world.voice.looks).toBe(1);
    await say({ type: "voice.play" });
    expect(world.voice.plays).toBe(1);
  });

  test("volume and devices are kept for the next session", async () => {
    await world.live();
    await say({ type: "settings.change", change: { volume: 0.3, microphone: "casque" } });
    expect(world.voice.wanted).toMatchObject({ volume: 0.3, microphone: "casque" });
    await say({ type: "settings.change", change: { microphone: null } });
    expect(world.voice.wanted).not.toHaveProperty("microphone");
    expect(await createSettingsStore(world.keyValue).load()).toMatchObject({ volume: 0.3 });
    await world.restart();
    expect(world.view.settings.volume).toBe(0.3);
  });
});

describe("messages", () => {
  test("[A8] go both ways, and are acknowledged", async () => {
    await world.live();
    await say({ type: "text.say", words: "Où est-ce ?" });
    expect(world.view.talk?.texts).toMatchObject([{ from: "me", state: "sending" }]);
    const [mine] = sent("text.message");
    world.link.emit({
      type: "message",
      message: { type: "text.received", text: mine?.text ?? "" },
    });
    world.link.emit({
      type: "message",
      message: { type: "text.message", text: HELLO, words: "En haut" },
    });
    await settle();
    expect(world.view.talk?.texts).toMatchObject([
      { from: "me", words: "Où est-ce ?", state: "received" },
      { from: "other", words: "En haut" },
    ]);
    expect(sent("text.received")).toEqual([{ type: "text.received", text: HELLO }]);
  });

  test("[A8] one that was written during a break goes once the link is back", async () => {
    await world.live();
    world.link.emit({ type: "lost" });
    await say({ type: "text.say", words: "Vous êtes là ?" });
    expect(sent("text.message")).toEqual([]);
    world.link.emit({ type: "open", known: [] });
    await settle();
    expect(sent("text.message").map(({ words }) => words)).toEqual(["Vous êtes là ?"]);
    expect(world.faults).toEqual([]);
  });

  test("[A8] nothing of them is left after the session", async () => {
    await world.live();
    await say({ type: "text.say", words: "Bonjour" });
    await world.say({ type: "session.stop" });
    expect(world.view.talk).toBeUndefined();
    await say({ type: "text.say", words: "Personne n’est là" });
    await world.live();
    expect(world.view.talk?.texts).toEqual([]);
  });
});

describe("[A9] the telephone number", () => {
  const number = "06 12 34 56 78";

  test("stays here until a gesture, goes again to a new link, and is taken back", async () => {
    await world.live();
    await say({ type: "settings.change", change: { number } });
    expect(sent("phone.number")).toEqual([]);
    await say({ type: "number.give", number });
    world.link.emit({ type: "lost" });
    world.link.emit({ type: "open", known: [] });
    await settle();
    expect(sent("phone.number").map((one) => one.number)).toEqual([number, number]);
    expect(world.view.talk?.numberGiven).toBe(true);
    await say({ type: "number.take-back" });
    expect(sent("phone.number").at(-1)?.number).toBeNull();
    expect(world.view.talk?.numberGiven).toBe(false);
    expect(world.view.settings.number).toBe(number);
  });

  test("one that was taken back during a break is taken back when the link is there again", async () => {
    await world.live();
    await say({ type: "number.give", number });
    world.link.emit({ type: "lost" });
    await say({ type: "number.take-back" });
    world.link.emit({ type: "open", known: [] });
    await settle();
    expect(sent("phone.number").map((one) => one.number)).toEqual([number, null]);
  });

  test("the next session begins without, and it is remembered for its gesture", async () => {
    await world.live();
    await say({ type: "number.give", number });
    await world.say({ type: "session.stop" });
    await world.live();
    expect(sent("phone.number")).toHaveLength(1);
    expect(world.view.talk?.numberGiven).toBe(false);
    expect(world.view.settings.number).toBe(number);
  });

  test("a session host that was killed takes it back: it does not know any more", async () => {
    await world.live();
    await say({ type: "number.give", number });
    await crash();
    expect(sent("phone.number").map((one) => one.number)).toEqual([number, null]);
  });

  test("a word that is no number, or a field more, is not heard", async () => {
    await world.live();
    world.panel.say({ type: "number.give", number: "allô" });
    world.panel.say({ type: "number.give", number, to: "tous" });
    await settle();
    expect(sent("phone.number")).toEqual([]);
    expect(world.view.settings.number).toBeUndefined();
  });
});
