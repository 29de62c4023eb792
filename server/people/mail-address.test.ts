import { afterEach, describe, expect, test } from "vitest";

import { PROOF_LINK } from "../../shared/http-api.ts";
import { authUsers, authVerifications } from "../db/auth-schema.ts";
import { LONG, testDatabases } from "../db/testing.ts";
import { noMailer } from "../mail/mailer.ts";
import { createMailer, PLAIN, smtpUrl, startMailServer, type MailServer } from "../mail/testing.ts";
import {
  callRoute,
  createHelper,
  createPair,
  requestAt,
  type TestHelper,
} from "../relay/testing/people.ts";
import { startTestServer, type TestServer } from "../relay/testing/server.ts";
import { codeOf, codesOf } from "../relay/testing/suite.ts";

const CLAIRE = "claire@example.org";
const LATER_MS = 15 * 60_000 + 1_000;
const NOBODY = "";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(
    `a mail address on ${kind.name} ${kind.missing ?? ""}`,
    LONG,
    () => {
      const cleanups: (() => Promise<unknown>)[] = [];
      afterEach(async () => {
        for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
      });

      async function start(): Promise<{ server: TestServer; mail: MailServer }> {
        const opened = await kind.open();
        cleanups.push(() => opened.close());
        const mail = await startMailServer(PLAIN);
        cleanups.push(() => mail.stop());
        const mailer = createMailer(smtpUrl("smtp", mail.port));
        const server = await startTestServer(opened.db, { mailer });
        cleanups.push(() => server.drain());
        return { server, mail };
      }

      test("[S3] a passkey account that proved an address gets the mail of a missed call there", async () => {
        const { server, mail } = await start();
        const pair = await createPair(server);
        const { pairing, helper } = pair;
        await pair.helperSocket.close();
        await ask(server, helper, CLAIRE);
        // Not before the link was opened.
        await pair.beneficiarySocket.request("call.leave", { pairing });
        expect(await addressOf(server, helper)).toBeUndefined();
        await prove(server, tokenIn(mail));
        server.clock.advance(10 * 60_000 + 1_000);
        await pair.beneficiarySocket.request("call.leave", { pairing });
        await expect.poll(() => mail.received.length).toBe(2);
        expect(mail.received[1]).toMatchObject({ to: [CLAIRE] });
        expect(mail.received[1]?.text).toContain("a essayé de vous joindre");
      });

      test("the link works without a sign-in, names nobody, and then the address signs in to that account", async () => {
        const { server, mail } = await start();
        const helper = await createHelper(server);
        await ask(server, helper, "Claire@Example.org");
        const [{ to, text } = { to: [], text: "" }] = mail.received;
        expect(to).toEqual([CLAIRE]);
        expect(text).not.toContain("Marie");
        expect(await prove(server, tokenIn(mail))).toEqual({ address: CLAIRE });
        expect(await callRoute(server, helper.cookie, "GET /api/account")).toEqual({
          id: helper.account,
          name: "Marie",
          email: CLAIRE,
          passkey: true,
        });
        expect(await accountBehind(server, await askForSignIn(server, mail))).toBe(helper.account);
      });

      test("a link that is wrong, used, too old or overtaken by another address changes nothing", async () => {
        const { server, mail } = await start();
        const helper = await createHelper(server);
        await ask(server, helper, CLAIRE);
        const token = tokenIn(mail);
        const wrong = [`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`, "", ".", "x.y"];
        for (const bad of [...wrong, `${helper.account}.`, token.toUpperCase()])
          expect(await codeOf(prove(server, bad))).toBe("NOT_FOUND");
        expect(await addressOf(server, helper)).toBeUndefined();

        await ask(server, helper, "other@example.org");
        expect(await codeOf(prove(server, token))).toBe("NOT_FOUND");
        server.clock.advance(LATER_MS);
        expect(await codeOf(prove(server, tokenIn(mail)))).toBe("NOT_FOUND");
        expect(await addressOf(server, helper)).toBeUndefined();

        await ask(server, helper, CLAIRE);
        const [first, second] = [tokenIn(mail), await askAgain(server, helper, mail)];
        await prove(server, first);
        await remove(server, helper);
        for (const used of [first, second])
          expect(await codeOf(prove(server, used))).toBe("NOT_FOUND");
        expect(await addressOf(server, helper)).toBeUndefined();
      });

      test("opened twice at once, it works once; asked for twice, either mail will do", async () => {
        const { server, mail } = await start();
        const helper = await createHelper(server);
        await ask(server, helper, CLAIRE);
        const first = tokenIn(mail);
        await askAgain(server, helper, mail);
        const codes = await codesOf(...Array.from({ length: 5 }, () => prove(server, first)));
        expect(codes.toSorted()).toEqual([...Array.from({ length: 4 }, () => "NOT_FOUND"), "done"]);
        expect(await addressOf(server, helper)).toBe(CLAIRE);
      });

      test("a link made for one account cannot change another", async () => {
        const { server, mail } = await start();
        const [helper, other] = [await createHelper(server), await createHelper(server)];
        await ask(server, helper, CLAIRE);
        const token = tokenIn(mail);
        const [account = "", secret = ""] = token.split(".");
        expect(account).toBe(helper.account);
        expect(await codeOf(prove(server, `${other.account}.${secret}`))).toBe("NOT_FOUND");
        // Whoever is signed in where it is opened makes no difference.
        await prove(server, token, other.cookie);
        expect(await addressOf(server, other)).toBeUndefined();
        expect(await addressOf(server, helper)).toBe(CLAIRE);
      });

      test("the address of another account is refused without telling: only its owner reads why", async () => {
        const { server, mail } = await start();
        const [owner, other] = [await createHelper(server), await createHelper(server)];
        await ask(server, owner, CLAIRE);
        await prove(server, tokenIn(mail));
        const free = await askRaw(server, other, "free@example.org");
        const taken = await askRaw(server, other, "CLAIRE@example.org");
        expect([taken.status, await taken.text()]).toEqual([free.status, await free.text()]);
        const last = mail.received.at(-1);
        expect(last?.to).toEqual([CLAIRE]);
        expect(last?.text).toContain("appartient déjà à un autre compte");
        expect(last?.text).not.toContain(PROOF_LINK);
        expect(await addressOf(server, owner)).toBe(CLAIRE);
        expect(await addressOf(server, other)).toBeUndefined();
      });

      test("of two accounts that ask for one address, the first to open its link has it", async () => {
        const { server, mail } = await start();
        const [one, two] = [await createHelper(server), await createHelper(server)];
        await ask(server, one, CLAIRE);
        const first = tokenIn(mail);
        await ask(server, two, CLAIRE);
        await prove(server, first);
        expect(await codeOf(prove(server, tokenIn(mail)))).toBe("NOT_FOUND");
        expect(await addressOf(server, one)).toBe(CLAIRE);
        expect(await addressOf(server, two)).toBeUndefined();
      });

      test("one address gets five mails in ten minutes, sign-in links among them; one account asks five times", async () => {
        const { server, mail } = await start();
        const helpers = await Promise.all(Array.from({ length: 6 }, () => createHelper(server)));
        await askForSignIn(server, mail);
        const codes = [];
        for (const helper of helpers) codes.push(await codeOf(ask(server, helper, CLAIRE)));
        expect(codes).toEqual(["done", "done", "done", "done", "TOO_MANY", "TOO_MANY"]);
        expect(mail.received).toHaveLength(5);

        const helper = await createHelper(server);
        const spread = [];
        for (let times = 0; times < 6; times += 1)
          spread.push(await codeOf(ask(server, helper, `n${times}@example.org`)));
        expect(spread).toEqual(["done", "done", "done", "done", "done", "TOO_MANY"]);
        expect(mail.received).toHaveLength(10);
      });

      test("links are not guessed: twenty tries in ten minutes from one place", async () => {
        const { server } = await start();
        const tries = () =>
          requestAt(server, "/api/account/mail/prove", {
            method: "POST",
            headers: { ...headersOf(server), "x-forwarded-for": "203.0.113.9" },
            body: JSON.stringify({ token: "a.b" }),
          });
        const statuses = [];
        for (let times = 0; times < 21; times += 1) statuses.push((await tries()).status);
        expect(statuses.slice(0, 20).every((status) => status === 404)).toBe(true);
        expect(statuses[20]).toBe(429);
      });

      test("an address is taken away again, but never from whoever has no other way in", async () => {
        const { server, mail } = await start();
        const helper = await createHelper(server);
        await ask(server, helper, CLAIRE);
        await prove(server, tokenIn(mail));
        expect(await remove(server, helper)).toEqual({
          id: helper.account,
          name: "Marie",
          passkey: true,
        });
        const cookie = await cookieOf(await askForSignIn(server, mail), server);
        const byMail = await callRoute(server, cookie, "GET /api/account");
        expect(byMail).toMatchObject({ email: CLAIRE, passkey: false });
        expect(byMail.id).not.toBe(helper.account);
        expect(await codeOf(callRoute(server, cookie, "POST /api/account/mail/remove", {}))).toBe(
          "CONFLICT",
        );
        expect(await callRoute(server, cookie, "GET /api/account")).toEqual(byMail);
      });

      test("[C5] taking an address away signs out whoever came in by it, and not who takes it away", async () => {
        const { server, mail } = await start();
        const helper = await createHelper(server);
        await ask(server, helper, CLAIRE);
        await prove(server, tokenIn(mail));
        const elsewhere = await cookieOf(await askForSignIn(server, mail), server);
        expect(await callRoute(server, elsewhere, "GET /api/account")).toMatchObject({
          id: helper.account,
        });
        await remove(server, helper);
        expect(await codeOf(callRoute(server, elsewhere, "GET /api/account"))).toBe("UNPROVED");
        expect((await callRoute(server, helper.cookie, "GET /api/account")).id).toBe(
          helper.account,
        );
      });

      test("the address before is told that another took its place, and a first one has none before it", async () => {
        const { server, mail } = await start();
        const helper = await createHelper(server);
        await ask(server, helper, CLAIRE);
        await prove(server, tokenIn(mail));
        expect(mail.received).toHaveLength(1);
        await ask(server, helper, "autre@example.org");
        await prove(server, tokenIn(mail));
        await expect.poll(() => mail.received.length).toBe(3);
        expect(mail.received[2]).toMatchObject({ to: [CLAIRE] });
        expect(mail.received[2]?.text).toContain("qu'elles vous retirent");
        expect(mail.received[2]?.text).not.toContain("autre@");
      });

      test("one place asks for twenty links in ten minutes, with however many accounts", async () => {
        const { server } = await start();
        const statuses: number[] = [];
        for (let at = 0; at < 5; at += 1) {
          const helper = await createHelper(server);
          for (let times = 0; times < 5; times += 1)
            statuses.push((await askRaw(server, helper, `autre${at}${times}@example.org`)).status);
        }
        expect(statuses).toEqual([
          ...Array.from({ length: 20 }, () => 200),
          ...Array.from({ length: 5 }, () => 429),
        ]);
      });

      test("nobody who is not signed in asks for a link, and no page of another origin proves one", async () => {
        const { server, mail } = await start();
        const helper = await createHelper(server);
        expect(await codeOf(ask(server, { ...helper, cookie: NOBODY }, CLAIRE))).toBe("UNPROVED");
        await ask(server, helper, CLAIRE);
        expect(mail.received).toHaveLength(1);
        const foreign = await requestAt(server, "/api/account/mail/prove", {
          method: "POST",
          headers: { ...headersOf(server), origin: "https://elsewhere.example" },
          body: JSON.stringify({ token: tokenIn(mail) }),
        });
        expect(foreign.status).toBe(403);
        expect(await addressOf(server, helper)).toBeUndefined();
      });

      test("neither the link's token nor a mail that could not leave is kept or hidden", async () => {
        const { server, mail } = await start();
        const helper = await createHelper(server);
        await ask(server, helper, CLAIRE);
        const [, secret = "?"] = tokenIn(mail).split(".");
        const kept = await server.context.db.select().from(authVerifications);
        expect(JSON.stringify(kept)).toContain(CLAIRE);
        expect(JSON.stringify(kept)).not.toContain(secret);
        await mail.stop();
        expect(await codeOf(ask(server, helper, CLAIRE))).toBe("UNAVAILABLE");
      });

      test("addresses that lead nowhere or are not in form are refused, and all of them without mail", async () => {
        const opened = await kind.open();
        cleanups.push(() => opened.close());
        const server = await startTestServer(opened.db);
        cleanups.push(() => server.drain());
        const helper = await createHelper(server);
        for (const bad of ["claire", `${"a".repeat(250)}@example.org`, "x@passkey.invalid"])
          expect(await codeOf(ask(server, helper, bad))).toBe("BAD_MESSAGE");
        expect(server.mailbox.sent).toEqual([]);
        server.context.mailer = noMailer;
        expect(await codeOf(ask(server, helper, CLAIRE))).toBe("NOT_FOUND");
        expect(await opened.db.select().from(authUsers)).toMatchObject([{ emailVerified: false }]);
      });
    },
  );
}

function headersOf(server: TestServer): Record<string, string> {
  return { "content-type": "application/json", origin: server.context.urls.publicUrl };
}

function ask(server: TestServer, helper: TestHelper, address: string) {
  return callRoute(server, helper.cookie, "POST /api/account/mail", { address });
}

function askRaw(server: TestServer, { cookie }: TestHelper, address: string): Promise<Response> {
  return requestAt(server, "/api/account/mail", {
    method: "POST",
    headers: { ...headersOf(server), cookie },
    body: JSON.stringify({ address }),
  });
}

async function askAgain(server: TestServer, helper: TestHelper, mail: MailServer): Promise<string> {
  await ask(server, helper, CLAIRE);
  return tokenIn(mail);
}

function prove(server: TestServer, token: string, cookie = NOBODY) {
  return callRoute(server, cookie, "POST /api/account/mail/prove", { token });
}

function remove(server: TestServer, helper: TestHelper) {
  return callRoute(server, helper.cookie, "POST /api/account/mail/remove", {});
}

async function addressOf(server: TestServer, helper: TestHelper): Promise<string | undefined> {
  return (await callRoute(server, helper.cookie, "GET /api/account")).email;
}

/** Of the last mail. */
function tokenIn(mail: MailServer): string {
  const text = mail.received.at(-1)?.text ?? "";
  const at = text.indexOf(PROOF_LINK);
  if (at === -1) throw new Error("no link in the last mail");
  return text.slice(at + PROOF_LINK.length).split(/\s/)[0] ?? "";
}

/** The sign-in link that comes to Claire. */
async function askForSignIn(server: TestServer, mail: MailServer): Promise<string> {
  await requestAt(server, "/api/auth/sign-in/magic-link", {
    method: "POST",
    headers: headersOf(server),
    body: JSON.stringify({ email: CLAIRE, callbackURL: "/" }),
  });
  return mail.received.at(-1)?.text.match(/http:\S+magic-link\S+/)?.[0] ?? "";
}

async function cookieOf(link: string, server: TestServer): Promise<string> {
  const { pathname, search } = new URL(link);
  const opened = await requestAt(server, `${pathname}${search}`, {});
  return opened.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

async function accountBehind(server: TestServer, link: string): Promise<string> {
  return (await callRoute(server, await cookieOf(link, server), "GET /api/account")).id;
}
