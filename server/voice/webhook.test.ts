import { randomBytes, randomUUID } from "node:crypto";

import { AccessToken } from "livekit-server-sdk";
import { describe, expect, test } from "vitest";

import { whyNoLiveKit } from "../../e2e/driver/livekit.ts";
import { testDatabases } from "../db/testing.ts";
import { typesOf } from "../relay/testing/people.ts";
import { joinRoomBy } from "./testing/participant.ts";
import { useVoice } from "./testing/voice-suite.ts";

const noLiveKit = await whyNoLiveKit();

const eventOf = (event: string, room: string, identity?: string, secondsAgo = 0) => ({
  event,
  id: `EV_${randomUUID()}`,
  createdAt: String(Math.floor(Date.now() / 1000) - secondsAgo),
  room: { name: room },
  ...(identity === undefined ? {} : { participant: { identity } }),
});

for (const kind of await testDatabases()) {
  const missing = kind.missing ?? (noLiveKit && `skipped: ${noLiveKit}`);
  describe.skipIf(missing)(
    `webhooks, on ${kind.name} ${missing ?? ""}`,
    () => {
      const suite = useVoice(kind);

      /** As LiveKit signs: a token over the hash of the very body. */
      async function sign(body: string, secret = suite.livekit.secret): Promise<string> {
        const token = new AccessToken(suite.livekit.key, secret, { ttl: 300 });
        const hash = await crypto.subtle.digest("SHA-256", Buffer.from(body));
        token.sha256 = Buffer.from(hash).toString("base64");
        return await token.toJwt();
      }

      async function post(body: string, authorization?: string): Promise<number> {
        const headers: Record<string, string> = { "content-type": "application/webhook+json" };
        if (authorization !== undefined) headers["authorization"] = authorization;
        const address = `${suite.server.url}/livekit/webhook`;
        return (await fetch(address, { method: "POST", headers, body })).status;
      }

      async function tell(event: object): Promise<number> {
        const body = JSON.stringify(event);
        return await post(body, await sign(body));
      }

      async function openRoom() {
        const { pair, session } = await suite.goLive();
        const { url, token } = await pair.helperSocket.request("voice.join", { session });
        const room = (await suite.roomOf(session))?.name ?? "";
        return { pair, session, url, token, room };
      }

      test("[A4] LiveKit's own: a room that comes back after the end is deleted again", async () => {
        const { pair, session, room } = await openRoom();
        await pair.beneficiarySocket.request("session.end", { session, reason: "stopped" });
        await expect.poll(() => suite.roomNames()).not.toContain(room);
        await expect.poll(async () => (await suite.roomOf(session))?.closedAt).toBeTruthy();
        const { tries } = (await suite.roomOf(session)) ?? {};
        // What a join that had passed LiveKit's check just before the delete does.
        await suite.rooms().createRoom({ name: room });
        await expect
          .poll(async () => (await suite.roomOf(session))?.tries, { timeout: 5_000 })
          .toBeGreaterThan(tries ?? 0);
        await expect.poll(() => suite.roomNames(), { timeout: 5_000 }).not.toContain(room);
        await expect.poll(async () => (await suite.roomOf(session))?.closedAt).toBeTruthy();
      });

      test("[A4] LiveKit's own: a room of our form that we never made is deleted; another program's is not", async () => {
        const unknown = randomBytes(16).toString("base64url");
        await suite.rooms().createRoom({ name: "another-program" });
        await suite.rooms().createRoom({ name: unknown });
        await expect.poll(() => suite.roomNames(), { timeout: 5_000 }).not.toContain(unknown);
        expect(await suite.roomNames()).toContain("another-program");
        await suite.rooms().deleteRoom("another-program");
      });

      test("[A4] whoever is neither end is put out; the two ends stay", async () => {
        const { room, url, token } = await openRoom();
        const helper = await joinRoomBy(url, token);
        const { key, secret } = suite.livekit;
        const other = new AccessToken(key, secret, { identity: "stranger", ttl: 60 });
        other.addGrant({ roomJoin: true, room });
        const stranger = await joinRoomBy(url, await other.toJwt());
        expect(await tell(eventOf("participant_joined", room, "helper"))).toBe(204);
        expect(await tell(eventOf("participant_joined", room, "stranger"))).toBe(204);
        await stranger.closed;
        const there = await suite.rooms().listParticipants(room);
        expect(there.map(({ identity }) => identity)).toEqual(["helper"]);
        await helper.leave();
      });

      test("[A4] what LiveKit says is kept beside the journal, never in it, and taken once", async () => {
        const { pair, session, room } = await openRoom();
        const before = await typesOf(suite.server, pair);
        const joined = eventOf("participant_joined", room, "beneficiary", 60);
        expect(await tell(joined)).toBe(204);
        const at = new Date(Number(joined.createdAt) * 1000);
        expect(await suite.roomOf(session)).toMatchObject({
          beneficiaryJoinedAt: at,
          helperJoinedAt: null,
          beneficiaryLeftAt: null,
        });
        const left = eventOf("participant_left", room, "beneficiary", 30);
        expect(await tell(left)).toBe(204);
        const then = new Date(Number(left.createdAt) * 1000);
        expect((await suite.roomOf(session))?.beneficiaryLeftAt).toEqual(then);
        // The same event again, and one with its number and another time: neither counts.
        expect(await tell(left)).toBe(204);
        const late = eventOf("participant_left", room, "beneficiary");
        expect(await tell({ ...late, id: left.id })).toBe(204);
        expect((await suite.roomOf(session))?.beneficiaryLeftAt).toEqual(then);
        expect(await tell(late)).toBe(204);
        expect((await suite.roomOf(session))?.beneficiaryLeftAt).not.toEqual(then);
        expect(await typesOf(suite.server, pair)).toEqual(before);
      });

      test("[A4] forged, changed, old, unsigned and oversized ones do nothing", async () => {
        const { session, room } = await openRoom();
        const event = eventOf("participant_joined", room, "helper");
        const body = JSON.stringify(event);
        const good = await sign(body);
        expect(await post(body)).toBe(403);
        expect(await post(body, "Bearer nonsense")).toBe(403);
        expect(await post(body, await sign(body, "another secret, of 32 characters or so"))).toBe(
          403,
        );
        expect(await post(body.replace("helper", "Helper"), good)).toBe(403);
        expect(await tell(eventOf("participant_joined", room, "helper", 301))).toBe(403);
        expect(await tell(eventOf("participant_joined", room, "helper", -301))).toBe(403);
        const large = JSON.stringify({ ...event, padding: "x".repeat(64 * 1024) });
        expect(await post(large, await sign(large))).toBe(413);
        expect(await post("{", await sign("{"))).toBe(403);
        expect((await suite.roomOf(session))?.helperJoinedAt).toBeNull();
        expect(await post(body, good)).toBe(204);
        expect((await suite.roomOf(session))?.helperJoinedAt).toBeInstanceOf(Date);
      });

      test("[A4] where LiveKit does not answer, a webhook is not noted as taken, and does its work the next time", async () => {
        const unknown = randomBytes(16).toString("base64url");
        const event = eventOf("room_started", unknown);
        await suite.livekit.kill();
        expect(await tell(event)).toBe(503);
        await suite.livekit.restart();
        expect(await tell(event)).toBe(204);
      });
    },
    60_000,
  );
}
