import { beforeEach, describe, expect, test, vi } from "vitest";

import { settle } from "../../shared/client/testing/fake-clock.ts";
import { AppError } from "../../shared/errors.ts";
import { VOICE_OFF } from "../../shared/voice/voice-state.ts";
import { createFakePlace, type FakePlace } from "../host/testing/fake-place.ts";
import { createFakePort, type FakePort } from "../host/testing/fake-port.ts";
import { type PlaceEvent, VOICE_PORT, type Want } from "../messaging/voice-port.ts";
import { createRemotePlace } from "./remote-place.ts";
import { servePlace } from "./serve-place.ts";

const WANT: Want = { key: "A".repeat(43), muted: false, volume: 1, meter: false };
const TICKET = { url: "wss://voix.example", token: "t" };
const ON = { type: "place.state", state: { ...VOICE_OFF, state: "on" } } as const;

describe("a voice in another page, from the session host", () => {
  let place: ReturnType<typeof createRemotePlace>;
  let heard: PlaceEvent[];
  let requestTicket: () => Promise<typeof TICKET>;

  const page = (): FakePort => {
    const port = createFakePort(VOICE_PORT, { fromUs: true });
    place.accept(port);
    return port;
  };

  beforeEach(() => {
    heard = [];
    requestTicket = () => Promise.resolve(TICKET);
    place = createRemotePlace();
    place.serve({ requestTicket: () => requestTicket(), hear: (event) => heard.push(event) });
  });

  test("a page that comes later, or again, is told the whole of it", () => {
    place.want(WANT);
    const first = page();
    expect(first.posted).toEqual([{ type: "place.want", want: WANT }]);
    first.leave();
    expect(heard.at(-1)).toEqual({ type: "place.state", state: VOICE_OFF });
    place.want({ ...WANT, muted: true });
    expect(page().posted).toEqual([{ type: "place.want", want: { ...WANT, muted: true } }]);
  });

  test("[A6] one page speaks: the last that came, and the one before when it goes", () => {
    place.want(WANT);
    const first = page();
    const second = page();
    expect(first.posted.at(-1)).toEqual({ type: "place.want", want: null });
    first.say(ON);
    expect(heard).toEqual([]);
    second.say(ON);
    expect(heard).toEqual([ON]);
    second.leave();
    expect(first.posted.at(-1)).toEqual({ type: "place.want", want: WANT });
  });

  test("only a page of ours is one", () => {
    place.want(WANT);
    const port = createFakePort(VOICE_PORT, { fromUs: false, tab: 1 });
    place.accept(port);
    expect(port.closed).toBe(true);
    expect(port.posted).toEqual([]);
  });

  test("it gets its ticket, or the word that there is none", async () => {
    const port = page();
    port.say({ type: "place.ask", re: 1 });
    await settle();
    requestTicket = () => Promise.reject(new AppError("NO_VOICE", "test"));
    port.say({ type: "place.ask", re: 2 });
    await settle();
    expect(port.posted.slice(1)).toEqual([
      { type: "place.ticket", re: 1, ticket: TICKET },
      { type: "place.ticket", re: 2, ticket: null },
    ]);
  });
});

describe("a voice in another page, from that page", () => {
  let local: FakePlace;
  let ports: FakePort[];

  const last = (): FakePort => {
    const port = ports.at(-1);
    if (!port) throw new Error("no Port");
    return port;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    local = createFakePlace();
    ports = [];
    servePlace(local, () => {
      const port = createFakePort(VOICE_PORT);
      ports.push(port);
      return port;
    });
    return () => vi.useRealTimers();
  });

  test("does what it is told, and tells what it hears", () => {
    last().say({ type: "place.want", want: WANT });
    last().say({ type: "place.look" });
    last().say({ type: "place.play" });
    last().say({ type: "place.want", want: { ...WANT, extra: 1 } });
    expect(local.wants).toEqual([WANT]);
    expect([local.looks, local.plays]).toEqual([1, 1]);
    local.hear(ON);
    expect(last().posted).toEqual([ON]);
  });

  test("asks for its ticket", async () => {
    const ticket = local.user.requestTicket();
    expect(last().posted).toEqual([{ type: "place.ask", re: 1 }]);
    last().say({ type: "place.ticket", re: 1, ticket: TICKET });
    expect(await ticket).toEqual(TICKET);
    const none = local.user.requestTicket();
    last().say({ type: "place.ticket", re: 2, ticket: null });
    await expect(none).rejects.toMatchObject({ code: "NO_VOICE" });
  });

  test("[A6] without a session host it is off at once, and looks for another", async () => {
    last().say({ type: "place.want", want: WANT });
    const ticket = local.user.requestTicket();
    last().leave();
    expect(local.wanted).toBeUndefined();
    await expect(ticket).rejects.toMatchObject({ code: "NO_VOICE" });
    vi.advanceTimersByTime(1_000);
    expect(ports).toHaveLength(2);
    last().say({ type: "place.want", want: WANT });
    expect(local.wanted).toEqual(WANT);
  });
});
