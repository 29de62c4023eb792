import { createHmac } from "node:crypto";

import { AccessToken } from "livekit-server-sdk";
import { describe, expect, test } from "vitest";

import { whyNoLiveKit } from "../../e2e/driver/livekit.ts";
import { createSessionId } from "../../shared/ids.ts";
import { testDatabases } from "../db/testing.ts";
import { connect } from "../relay/testing/device.ts";
import { createPair, goLive, ring, typesOf } from "../relay/testing/people.ts";
import { codeOf, codesOf } from "../relay/testing/suite.ts";
import { askLiveKit, joinRoomBy } from "./testing/participant.ts";
import { textWithVoice, useVoice } from "./testing/voice-suite.ts";

const noLiveKit = await whyNoLiveKit();

function claimsOf(token: string, secret: string): Record<string, unknown> {
  const [head = "", body = "", signature] = token.split(".");
  const signed = createHmac("sha256", secret).update(`${head}.${body}`).digest("base64url");
  expect(signature).toBe(signed);
  const claims: Record<string, unknown> = JSON.parse(Buffer.from(body, "base64url").toString());
  return claims;
}

for (const kind of await testDatabases()) {
  const missing = kind.missing ?? (noLiveKit && `skipped: ${noLiveKit}`);
  describe.skipIf(missing)(
    `joining the voice, on ${kind.name} ${missing ?? ""}`,
    () => {
      const suite = useVoice(kind);

      test("[A1] a token lets its bearer speak and hear in one room for 90 s, and nothing else", async () => {
        const { pair, session } = await suite.goLive();
        const { url, key, secret } = suite.livekit;
        const before = Math.floor(Date.now() / 1000);
        for (const [end, socket] of [
          ["beneficiary", pair.beneficiarySocket],
          ["helper", pair.helperSocket],
        ] as const) {
          const joined = await socket.request("voice.join", { session });
          expect(joined.url).toBe(url);
          const { nbf, exp, ...claims } = claimsOf(joined.token, secret);
          expect(claims).toEqual({
            iss: key,
            sub: end,
            video: {
              roomJoin: true,
              room: (await suite.roomOf(session))?.name,
              canPublish: true,
              canPublishSources: ["microphone"],
              canSubscribe: true,
              canPublishData: false,
              canUpdateOwnMetadata: false,
            },
          });
          expect(nbf).toBeGreaterThanOrEqual(before);
          expect(Number(exp) - Number(nbf)).toBe(90);
          expect(await askLiveKit(url, joined.token)).toBe(200);
        }
        const types = await typesOf(suite.server, pair);
        expect(types.slice(-2)).toEqual(["session.answered", "voice.opened"]);
      });

      test("[A2] a room per session, for two, whose name says nothing", async () => {
        const [one, other] = [await suite.goLive(), await suite.goLive()];
        for (const { pair, session } of [one, other])
          await Promise.all([
            pair.beneficiarySocket.request("voice.join", { session }),
            pair.helperSocket.request("voice.join", { session }),
          ]);
        const names = [await suite.roomOf(one.session), await suite.roomOf(other.session)].map(
          (room) => room?.name ?? "",
        );
        expect(new Set(names).size).toBe(2);
        for (const name of names) {
          expect(Buffer.from(name, "base64url")).toHaveLength(16);
          for (const known of [one, other])
            for (const id of [known.session, known.pair.pairing, known.pair.helper.id])
              expect(id).not.toContain(name);
        }
        for (const room of await suite.rooms().listRooms(names))
          expect(room).toMatchObject({
            maxParticipants: 2,
            emptyTimeout: 120,
            departureTimeout: 30,
          });

        // The journal says so once, whoever asks and how often.
        await one.pair.helperSocket.request("voice.join", { session: one.session });
        const types = await typesOf(suite.server, one.pair);
        expect(types.filter((type) => type === "voice.opened")).toHaveLength(1);
      });

      test("[A2] a token of one session does not open another one's room, and nobody is third", async () => {
        const { url, key, secret } = suite.livekit;
        const [one, other] = [await suite.goLive(), await suite.goLive()];
        const { token } = await one.pair.helperSocket.request("voice.join", {
          session: one.session,
        });
        await other.pair.helperSocket.request("voice.join", { session: other.session });
        const ownRoom = (await suite.roomOf(one.session))?.name ?? "";
        const otherRoom = (await suite.roomOf(other.session))?.name ?? "";
        const intruder = await joinRoomBy(url, token, `&room=${otherRoom}`);
        expect(intruder.said()).toContain(ownRoom);
        expect(await suite.rooms().listParticipants(otherRoom)).toEqual([]);

        const asked = await one.pair.beneficiarySocket.request("voice.join", {
          session: one.session,
        });
        const second = await joinRoomBy(url, asked.token);
        const third = new AccessToken(key, secret, { identity: "third", ttl: 60 });
        third.addGrant({ roomJoin: true, room: ownRoom });
        await expect(joinRoomBy(url, await third.toJwt())).rejects.toThrow("LiveKit refuses");
        const there = await suite.rooms().listParticipants(ownRoom);
        expect(there.map(({ identity }) => identity).toSorted()).toEqual(["beneficiary", "helper"]);
        await Promise.all([intruder.leave(), second.leave()]);
      });

      test("[A3] only the two ends of a live session, whose text opens the microphone, are answered", async () => {
        const pair = await createPair(suite.server);
        const ringing = await ring(pair, textWithVoice(true));
        const ask = (session = ringing) =>
          codesOf(
            pair.beneficiarySocket.request("voice.join", { session }),
            pair.helperSocket.request("voice.join", { session }),
          );
        expect(await ask()).toEqual(["CONFLICT", "CONFLICT"]);
        const { pair: stranger, session: theirs } = await suite.goLive();
        expect(await ask(theirs)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
        expect(await ask(createSessionId())).toEqual(["NOT_FOUND", "NOT_FOUND"]);
        const { beneficiary } = stranger;
        await stranger.helperSocket.request("voice.join", { session: theirs });
        await stranger.helperSocket.request("session.end", { session: theirs, reason: "left" });
        const later = await connect(suite.server, beneficiary);
        expect(await codeOf(later.request("voice.join", { session: theirs }))).toBe("NO_GRANT");

        const silent = await createPair(suite.server);
        const session = await goLive(silent, textWithVoice(false));
        expect(
          await codesOf(
            silent.beneficiarySocket.request("voice.join", { session }),
            silent.helperSocket.request("voice.join", { session }),
          ),
        ).toEqual(["NO_VOICE", "NO_VOICE"]);
        expect(await suite.roomOf(session)).toBeUndefined();
      });

      test("[A3] twenty joins of one end in ten minutes, and no more; the other end is not bound by it", async () => {
        const { pair, session } = await suite.goLive();
        for (let join = 0; join < 20; join += 1)
          await pair.helperSocket.request("voice.join", { session });
        const late = pair.helperSocket.request("voice.join", { session });
        expect(await codeOf(late)).toBe("TOO_MANY");
        await pair.beneficiarySocket.request("voice.join", { session });
      });

      test("[A3] while LiveKit is away the answer is NO_VOICE, and nothing else waits", async () => {
        const { pair, session } = await suite.goLive();
        const { beneficiarySocket, helperSocket } = pair;
        await suite.livekit.kill();
        for (let join = 0; join < 25; join += 1)
          expect(await codeOf(helperSocket.request("voice.join", { session }))).toBe("NO_VOICE");
        await suite.livekit.restart();
        const { token } = await helperSocket.request("voice.join", { session });
        expect(await askLiveKit(suite.livekit.url, token)).toBe(200);

        // There, and silent: the answer comes in time, and does not hold up what is asked after it.
        suite.livekit.pause();
        try {
          const started = performance.now();
          const asked = codeOf(beneficiarySocket.request("voice.join", { session }));
          await beneficiarySocket.request("session.current", {});
          expect(performance.now() - started).toBeLessThan(1_000);
          expect(await asked).toBe("NO_VOICE");
          expect(performance.now() - started).toBeLessThan(4_000);
        } finally {
          suite.livekit.resume();
        }
        await beneficiarySocket.request("voice.join", { session });
        const types = await typesOf(suite.server, pair);
        expect(types.filter((type) => type === "voice.opened")).toHaveLength(1);
      });
    },
    60_000,
  );
}
