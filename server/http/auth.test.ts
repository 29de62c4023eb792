import { describe, expect, test } from "vitest";

import { LONG, testDatabases } from "../db/testing.ts";
import { noMailer } from "../mail/mailer.ts";
import { createPasskey } from "../relay/testing/passkey.ts";
import { cookiesOf, signIn, signUp } from "../relay/testing/sign-in.ts";
import { PLAYER, PUBLIC, useApp } from "./testing/app-suite.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`signing in on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const { ask, mailbox } = useApp(kind);

    test("an account is made with a passkey alone, and the same passkey opens it again", async () => {
      const { cookie, passkey } = await signUp(ask, PUBLIC, "Marie");
      const account = await ask("/api/account", { headers: { cookie } });
      const made: unknown = await account.json();
      expect(made).toEqual({ id: expect.any(String), name: "Marie", passkey: true });
      const again = await signIn(ask, PUBLIC, passkey);
      expect(again.status).toBe(200);
      const back = await ask("/api/account", { headers: { cookie: cookiesOf(again) } });
      expect(await back.json()).toEqual(made);
      const unknown = await signIn(ask, PUBLIC, createPasskey(PUBLIC));
      expect(unknown.status).toBe(401);
      const elsewhere = await signUp(ask, PUBLIC, "").catch((error: unknown) => String(error));
      expect(elsewhere).toContain("Error");
    });

    test("a mail link is sent, opens the account once, and lasts 15 minutes", async () => {
      const asked = await ask("/api/auth/sign-in/magic-link", {
        method: "POST",
        headers: { "content-type": "application/json", origin: PUBLIC },
        body: JSON.stringify({ email: "marie@example.org", name: "Marie", callbackURL: "/" }),
      });
      expect(asked.status).toBe(200);
      const { url = "", to } = mailbox.sent.at(-1) ?? {};
      expect(to).toBe("marie@example.org");
      expect(url).toMatch(/^https:\/\/epaule\.example\/api\/auth\/magic-link\/verify\?/);
      const open = async () => await ask(url.slice(PUBLIC.length));
      const signedIn = await open();
      expect(signedIn.status).toBe(302);
      const [cookie = ""] = signedIn.headers.getSetCookie();
      expect(cookie).toMatch(/^__Secure-epaule\.session_token=/);
      for (const flag of ["HttpOnly", "Secure", "SameSite=Lax"]) expect(cookie).toContain(flag);
      expect(cookie).not.toMatch(/Domain=/i);
      const account = await ask("/api/account", {
        headers: { cookie: cookie.split(";")[0] ?? "" },
      });
      expect(await account.json()).toMatchObject({ name: "Marie", email: "marie@example.org" });
      const again = await open();
      expect(again.headers.getSetCookie().join()).not.toContain("session_token=");
    });

    test("without mail that way in is off, and the console is told so", async () => {
      const config = await ask("/api/config", {}, { mailer: noMailer });
      expect(await config.json()).toEqual({ playerUrl: PLAYER, mail: false, version: "1" });
      const asked = await ask(
        "/api/auth/sign-in/magic-link",
        {
          method: "POST",
          headers: { "content-type": "application/json", origin: PUBLIC },
          body: JSON.stringify({ email: "marie@example.org" }),
        },
        { mailer: noMailer },
      );
      expect(asked.status).toBe(404);
    });

    test("of the sign-in library's routes only those of the console are open", async () => {
      const { cookie } = await signUp(ask, PUBLIC, "Marie");
      const headers = { "content-type": "application/json", origin: PUBLIC, cookie };
      const post = async (path: string, body: object) =>
        (await ask(path, { method: "POST", headers, body: JSON.stringify(body) })).status;
      // A name with a direction mark, which would show reversed on the beneficiary's screen.
      expect(await post("/api/auth/update-user", { name: "eiraM\u202e" })).toBe(404);
      for (const path of ["revoke-sessions", "change-email", "delete-user", "sign-up/email"])
        expect(await post(`/api/auth/${path}`, { newEmail: "x@example.org" })).toBe(404);
      expect(await post("/api/auth/sign-out/", {})).toBe(404);
      for (const path of ["get-session", "list-sessions", "error?error=x", "ok", "callback/google"])
        expect((await ask(`/api/auth/${path}`, { headers })).status).toBe(404);
      const account = await ask("/api/account", { headers });
      expect(await account.json()).toMatchObject({ name: "Marie" });
    });

    test("[C2] a sign-in request is at most 16 KiB", async () => {
      const answer = await ask("/api/auth/sign-in/magic-link", {
        method: "POST",
        headers: { "content-type": "application/json", origin: PUBLIC },
        body: JSON.stringify({ email: "marie@example.org", name: "x".repeat(20_000) }),
      });
      expect(answer.status).toBe(413);
    });

    test("signing in is limited per address", async () => {
      const statuses: number[] = [];
      for (let times = 0; times < 8; times += 1) {
        const answer = await ask("/api/auth/sign-in/magic-link", {
          method: "POST",
          headers: { "content-type": "application/json", origin: PUBLIC },
          body: JSON.stringify({ email: `person${times}@example.org` }),
        });
        statuses.push(answer.status);
      }
      expect(statuses).toContain(429);
    });

    test("[C2] a body that is not JSON, too large or of another type is refused", async () => {
      const { cookie } = await signUp(ask, PUBLIC, "Marie");
      const post = async (body: string, type = "application/json") =>
        await ask("/api/account", {
          method: "POST",
          headers: { "content-type": type, origin: PUBLIC, cookie },
          body,
        });
      expect((await post('{"name":"Jeanne"}')).status).toBe(200);
      expect((await post("{")).status).toBe(400);
      expect((await post('{"name":"Jeanne"}', "text/plain")).status).toBe(400);
      expect((await post(JSON.stringify({ name: "x".repeat(20_000) }))).status).toBe(413);
      expect((await post("")).status).toBe(400);
    });
  });
}
