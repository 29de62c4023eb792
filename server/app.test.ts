import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { failureSchema } from "../shared/http-api.ts";
import { createApp } from "./app.ts";
import { createMemoryBus } from "./bus/memory-bus.ts";
import { systemClock } from "./clock.ts";
import { TIMINGS, type Context } from "./context.ts";
import type { OpenDatabase } from "./db/client.ts";
import { LONG, testDatabases } from "./db/testing.ts";
import type { Log } from "./log.ts";
import { noMailer } from "./mail/mailer.ts";
import { createHub, type Hub } from "./relay/hub.ts";
import { createPasskey } from "./relay/testing/passkey.ts";
import { createMailbox } from "./relay/testing/server.ts";
import { cookiesOf, signIn, signUp } from "./relay/testing/sign-in.ts";

const PUBLIC = "https://epaule.example";
const PLAYER = "https://player.example";
const ON_CONSOLE = { host: "epaule.example" };
const ON_PLAYER = { host: "player.example" };

function createBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), "epaule-console-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>console</title>");
  writeFileSync(join(folder, "player.html"), "<!doctype html><title>player</title>");
  writeFileSync(join(folder, "icon.svg"), "<svg/>");
  writeFileSync(join(folder, "secret.json"), "{}");
  writeFileSync(join(folder, "assets", "main-abc123.js"), "1;");
  writeFileSync(join(folder, "..", "outside.txt"), "outside");
  return folder;
}

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`the app on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    let opened: OpenDatabase;
    let hub: Hub;
    let context: Context;
    const mailbox = createMailbox();
    const lines: object[] = [];
    const keep = (fields: object, message: string) => void lines.push({ ...fields, message });
    const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
    const folder = createBuild();

    beforeAll(async () => {
      opened = await kind.open();
      context = {
        db: opened.db,
        bus: createMemoryBus(),
        clock: systemClock,
        log,
        mailer: mailbox,
        urls: { publicUrl: PUBLIC, playerUrl: PLAYER },
        secret: "a secret for tests, long enough",
        timings: TIMINGS,
      };
      hub = createHub(context);
    });
    afterAll(async () => {
      await hub.drain();
      await opened.close();
    });

    async function ask(path: string, init: RequestInit = {}, change: Partial<Context> = {}) {
      const app = createApp({ ...context, ...change }, hub, folder);
      const headers = new Headers(init.headers);
      if (!headers.has("host")) headers.set("host", ON_CONSOLE.host);
      return await app.request(path, { ...init, headers });
    }

    test("the console is at / of its host, under its policy, and may not be framed", async () => {
      const page = await ask("/");
      expect(page.status).toBe(200);
      expect(await page.text()).toContain("<title>console</title>");
      expect(page.headers.get("content-security-policy")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self' " +
          "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=' " +
          "'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='; img-src 'self' data: blob:; " +
          "font-src 'self'; connect-src 'self' wss://epaule.example; " +
          "frame-src https://player.example; base-uri 'none'; form-action 'self'; " +
          "frame-ancestors 'none'",
      );
      expect(page.headers.get("cache-control")).toBe("no-cache");
      expect(page.headers.get("strict-transport-security")).toContain("max-age");
      expect(page.headers.get("x-content-type-options")).toBe("nosniff");
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    });

    test("[M7] the player is on its own host only, without network", async () => {
      const page = await ask("/player.html", { headers: ON_PLAYER });
      expect(page.status).toBe(200);
      expect(page.headers.get("content-security-policy")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
          "img-src data: blob:; font-src data: blob:; media-src 'none'; connect-src 'none'; " +
          "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; " +
          "frame-ancestors https://epaule.example",
      );
      expect((await ask("/player.html")).status).toBe(404);
      for (const path of ["/", "/index.html", "/api/config", "/api/auth/ok", "/ws", "/i/x"])
        expect((await ask(path, { headers: ON_PLAYER })).status).toBe(404);
    });

    test("hashed assets are kept for ever, on both hosts", async () => {
      for (const headers of [ON_CONSOLE, ON_PLAYER]) {
        const asset = await ask("/assets/main-abc123.js", { headers });
        expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
        expect(asset.headers.get("content-type")).toContain("text/javascript");
      }
      const head = await ask("/assets/main-abc123.js", { method: "HEAD" });
      expect(head.headers.get("content-length")).toBe("2");
    });

    test("nothing else of the disk can be had, and any other host is nowhere", async () => {
      for (const path of [
        "/secret.json",
        "/index.html",
        "/assets/../secret.json",
        "/assets/..%2fsecret.json",
        "/assets/%2e%2e/%2e%2e/outside.txt",
        "/../outside.txt",
        "/assets/missing.js",
        "/assets/",
      ])
        expect((await ask(path)).status).toBe(404);
      for (const host of ["evil.example", "epaule.example:8443", "localhost", ""])
        expect((await ask("/", { headers: { host } })).status).toBe(404);
      expect((await ask("/icon.svg")).headers.get("content-type")).toBe("image/svg+xml");
    });

    test("[P2] the invitation's page has no script, in French unless English is asked for", async () => {
      const page = await ask("/i/AAAAAAAAAAAAAAAAAAAAAA");
      const csp = page.headers.get("content-security-policy") ?? "";
      expect(csp).toContain("script-src 'none'");
      expect(csp).toContain("default-src 'none'");
      const french = await page.text();
      expect(french).toContain('<html lang="fr">');
      expect(french).not.toMatch(/<script|https?:|\ssrc=|\son\w+=/i);
      const english = await ask("/i/BBBBBBBBBBBBBBBBBBBBBA", {
        headers: { "accept-language": "en-GB,fr;q=0.5" },
      });
      expect(await english.text()).toContain('<html lang="en">');
      const unknown = await ask("/i/whatever-it-may-be");
      expect(unknown.status).toBe(200);
      expect(await unknown.text()).toBe(french);
    });

    test("healthz says that the process lives, readyz that database and bus answer", async () => {
      const anyHost = { headers: { host: "10.0.0.7:8787" } };
      expect((await ask("/healthz", anyHost)).status).toBe(200);
      expect((await ask("/readyz", anyHost)).status).toBe(200);
      const away = { ping: () => Promise.reject(new Error("gone")) };
      const bus = { ...context.bus, ...away };
      const answer = await ask("/readyz", anyHost, { bus });
      expect(answer.status).toBe(503);
      expect(failureSchema.parse(await answer.json()).code).toBe("UNAVAILABLE");
      expect((await ask("/healthz", anyHost, { bus })).status).toBe(200);
    });

    test("[C3] a fault leaves as INTERNAL and a request id, never with its message", async () => {
      const db = new Proxy(opened.db, {
        get() {
          throw new Error("the secret of Marie");
        },
      });
      const answer = await ask("/readyz", {}, { db });
      const text = await answer.text();
      expect(text).not.toContain("Marie");
      expect(failureSchema.parse(JSON.parse(text)).request).toBe(
        answer.headers.get("x-request-id"),
      );
      expect(JSON.stringify(lines)).not.toContain("Marie");
    });

    test("a request that changes something must come from our own page", async () => {
      for (const origin of [undefined, "null", "https://evil.example", PLAYER]) {
        const answer = await ask("/api/account", {
          method: "POST",
          headers: { "content-type": "application/json", ...(origin ? { origin } : {}) },
          body: "{}",
        });
        expect(answer.status).toBe(403);
      }
      const ours = await ask("/api/account", {
        method: "POST",
        headers: { "content-type": "application/json", origin: PUBLIC },
        body: "{}",
      });
      expect(ours.status).toBe(401);
      const auth = await ask("/api/auth/sign-out", {
        method: "POST",
        headers: { origin: "https://evil.example" },
      });
      expect(auth.status).toBe(403);
    });

    test("one log line per request: by route, without host, identifier, query or address", async () => {
      lines.length = 0;
      await ask("/i/AAAAAAAAAAAAAAAAAAAAAA?email=marie@example.org", {
        headers: { "x-forwarded-for": "203.0.113.9" },
      });
      const requests = lines.filter((line) => "route" in line);
      expect(requests).toMatchObject([{ method: "GET", route: "/i/:id", status: 200 }]);
      expect(JSON.stringify(lines)).not.toMatch(/marie|AAAA|epaule\.example|203\.0/);
    });

    test("an account is made with a passkey alone, and the same passkey opens it again", async () => {
      const { cookie, passkey } = await signUp(ask, PUBLIC, "Marie");
      const account = await ask("/api/account", { headers: { cookie } });
      const made: unknown = await account.json();
      expect(made).toEqual({ id: expect.any(String), name: "Marie" });
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
