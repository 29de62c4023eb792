import { eq } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";

import { MAIL_NOT_SENT } from "../../shared/http-api.ts";
import { authUsers } from "../db/auth-schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { createMailer, PLAIN, smtpUrl, startMailServer, type MailServer } from "../mail/testing.ts";
import { callRoute, createPair, typesOf } from "../relay/testing/people.ts";
import { startTestServer, type TestServer } from "../relay/testing/server.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`mail on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const cleanups: (() => Promise<unknown>)[] = [];
    afterEach(async () => {
      for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
    });

    async function start(mail: MailServer, patienceMs?: number): Promise<TestServer> {
      const opened = await kind.open();
      cleanups.push(() => opened.close());
      const mailer = createMailer(smtpUrl("smtp", mail.port), patienceMs);
      const server = await startTestServer(opened.db, { mailer });
      cleanups.push(() => server.drain());
      return server;
    }

    async function startMail(options: Parameters<typeof startMailServer>[0] = PLAIN) {
      const mail = await startMailServer(options);
      cleanups.push(() => mail.stop());
      return mail;
    }

    test("[S3] the helper gets one mail that names neither site, nor topic, nor who called", async () => {
      const mail = await startMail();
      const server = await start(mail);
      const pair = await pairAway(server);
      const { pairing } = pair;
      await pair.beneficiarySocket.request("call.leave", { pairing });
      await pair.beneficiarySocket.request("call.leave", { pairing });
      await expect.poll(() => mail.received.length).toBe(1);
      const [{ to, text, headers } = { to: [], text: "", headers: "" }] = mail.received;
      expect(to).toEqual(["claire@example.org"]);
      expect(text).toContain("a essayé de vous joindre");
      const links = text.match(/https?:\/\/\S+/g);
      expect(links).toEqual(["https://epaule.example"]);
      for (const secret of [pairing, pair.beneficiary.id, pair.helper.id, "impots", "Marie"])
        expect(headers + text).not.toContain(secret);
      const { calls } = await callRoute(server, pair.helper.cookie, "GET /api/calls");
      expect(calls).toHaveLength(2);
    });

    test("[S3] a mail server that is down or hangs neither loses the call nor delays its answer", async () => {
      const down = await startMailServer(PLAIN);
      await down.stop();
      const hanging = await startMail({ ...PLAIN, onConnect() {} });
      for (const mail of [down, hanging]) {
        const server = await start(mail, 3_000);
        const pair = await pairAway(server);
        const started = performance.now();
        await pair.beneficiarySocket.request("call.leave", { pairing: pair.pairing });
        expect(performance.now() - started).toBeLessThan(1_000);
        const { calls } = await callRoute(server, pair.helper.cookie, "GET /api/calls");
        expect(calls).toMatchObject([{ pairing: pair.pairing }]);
        expect(await typesOf(server, pair)).toContain("call.left");
      }
    });

    test("a sign-in link that arrives by mail opens the account", async () => {
      const mail = await startMail();
      const server = await start(mail);
      expect((await askForLink(server)).status).toBe(200);
      const [link = ""] = mail.received[0]?.text.match(/http:\S+/) ?? [];
      const opened = await fetch(link, { redirect: "manual" });
      expect(opened.status).toBe(302);
      expect(opened.headers.getSetCookie().join()).toContain("epaule.session_token=");
    });

    test("one address gets five links in ten minutes, whoever asks for them from wherever", async () => {
      const mail = await startMail();
      const server = await start(mail);
      const statuses: number[] = [];
      for (let times = 0; times < 7; times += 1)
        statuses.push((await askForLink(server, `203.0.113.${times}`)).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
      expect(mail.received).toHaveLength(5);
    });

    test("a sign-in link that could not be sent is said to be so, in time, with its own code", async () => {
      const down = await startMailServer(PLAIN);
      await down.stop();
      const hanging = await startMail({ ...PLAIN, onConnect() {} });
      for (const mail of [down, hanging]) {
        const server = await start(mail, 500);
        const started = performance.now();
        const answer = await askForLink(server);
        expect(performance.now() - started).toBeLessThan(3_000);
        expect(answer.status).toBe(503);
        expect(await answer.json()).toMatchObject({ code: MAIL_NOT_SENT });
      }
    });
  });
}

/** A pair whose helper has closed the console; how an address comes in is told in people/mail-address.test.ts. */
async function pairAway(server: TestServer) {
  const pair = await createPair(server);
  await server.context.db
    .update(authUsers)
    .set({ email: "claire@example.org" })
    .where(eq(authUsers.id, pair.helper.account));
  await pair.helperSocket.close();
  return pair;
}

async function askForLink(server: TestServer, address = "203.0.113.1"): Promise<Response> {
  const { publicUrl } = server.context.urls;
  return await fetch(`${publicUrl}/api/auth/sign-in/magic-link`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: publicUrl, "x-forwarded-for": address },
    body: JSON.stringify({ email: "claire@example.org", name: "Claire", callbackURL: "/" }),
  });
}
