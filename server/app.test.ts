import { describe, expect, test } from "vitest";

import { failureSchema } from "../shared/http-api.ts";
import { LONG, testDatabases } from "./db/testing.ts";
import { ON_CONSOLE, ON_PLAYER, PLAYER, PUBLIC, useApp } from "./http/testing/app-suite.ts";
import { createLiveKit } from "./voice/livekit.ts";

for (const kind of await testDatabases()) {
  describe.skipIf(kind.missing)(`the app on ${kind.name} ${kind.missing ?? ""}`, LONG, () => {
    const suite = useApp(kind);
    const { ask, lines } = suite;

    test("the console is at / of its host, under its policy, and may not be framed", async () => {
      const page = await ask("/");
      expect(page.status).toBe(200);
      expect(await page.text()).toContain("<title>console</title>");
      expect(page.headers.get("content-security-policy")).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self' " +
          "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=' " +
          "'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='; img-src 'self' data: blob:; " +
          "font-src 'self'; connect-src 'self' wss://epaule.example; worker-src 'self'; " +
          "frame-src https://player.example; base-uri 'none'; form-action 'self'; " +
          "frame-ancestors 'none'",
      );
      expect(page.headers.get("cache-control")).toBe("no-cache");
      // No includeSubDomains: other sites may live below the host.
      expect(page.headers.get("strict-transport-security")).toBe("max-age=31536000");
      expect(page.headers.get("x-content-type-options")).toBe("nosniff");
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    });

    test("with a voice server, the console may reach that one and use the microphone; the player may not", async () => {
      const secret = "s".repeat(32);
      const settings = { url: "wss://voice.example", apiUrl: "http://10.0.0.7", key: "k", secret };
      const livekit = createLiveKit(settings);
      const page = await ask("/", {}, { livekit });
      const policy = page.headers.get("content-security-policy");
      expect(policy).toContain(
        "connect-src 'self' wss://epaule.example wss://voice.example https://voice.example; ",
      );
      expect(policy).toContain("worker-src 'self'; media-src 'self' blob: mediastream:; ");
      expect(page.headers.get("permissions-policy")).toContain("microphone=(self)");
      const player = await ask("/player.html", { headers: ON_PLAYER }, { livekit });
      expect(player.headers.get("permissions-policy")).toContain("microphone=()");
      const shouted = { headers: { host: "PLAYER.example:443" } };
      const same = await ask("/player.html", shouted, { livekit });
      expect(same.status).toBe(200);
      expect(same.headers.get("permissions-policy")).toContain("microphone=()");
      expect((await ask("/")).headers.get("permissions-policy")).toContain("microphone=()");
      // Without a voice server there is no such address.
      const event = { method: "POST", headers: { host: "elsewhere" }, body: "{}" };
      expect((await ask("/livekit/webhook", event, { livekit })).status).toBe(403);
      expect((await ask("/livekit/webhook", event)).status).toBe(404);
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

    test("a host is the same in capitals and with its usual port", async () => {
      for (const host of ["EPAULE.example", "epaule.example:443", "Epaule.Example:443"])
        expect((await ask("/", { headers: { host } })).status).toBe(200);
      for (const host of ["epaule.example:80", "epaule.example.", "x@epaule.example", "443"])
        expect((await ask("/", { headers: { host } })).status).toBe(404);
    });

    test("a wrong path is a page for a person, without script, and a code for a program", async () => {
      const accept = "text/html,application/xhtml+xml,*/*;q=0.8";
      const page = await ask("/invitations", { headers: { accept } });
      expect(page.status).toBe(404);
      expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(page.headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      );
      const french = await page.text();
      expect(french).toContain("Cette page n’existe pas");
      expect(french).toContain(`href="${PUBLIC}/"`);
      expect(french).not.toMatch(/<script|\son\w+=|invitations/);
      const english = await ask("/i", { headers: { accept, "accept-language": "en-GB" } });
      expect(await english.text()).toContain("This page does not exist");

      // Whoever tries hosts learns no name.
      const nowhere = await ask("/", { headers: { accept, host: "evil.example" } });
      expect(nowhere.status).toBe(404);
      expect(await nowhere.text()).not.toContain("epaule.example");
      for (const path of ["/api/nothing", "/api", "/ws/x"]) {
        const answer = await ask(path, { headers: { accept } });
        expect(failureSchema.parse(await answer.json()).code).toBe("NOT_FOUND");
      }
      const program = await ask("/invitations");
      expect(failureSchema.parse(await program.json()).code).toBe("NOT_FOUND");
      const player = await ask("/", { headers: { ...ON_PLAYER, accept } });
      expect(failureSchema.parse(await player.json()).code).toBe("NOT_FOUND");
    });

    test("on this computer, its other names lead to the one that passkeys belong to", async () => {
      const here = {
        urls: { publicUrl: "http://localhost:8787", playerUrl: "http://player.localhost:8787" },
      };
      const accept = "text/html";
      for (const host of ["127.0.0.1:8787", "[::1]:8787", "LOCALHOST:9999"]) {
        const led = await ask("/i/x?a=b", { headers: { host, accept } }, here);
        expect(led.status).toBe(302);
        expect(led.headers.get("location")).toBe("http://localhost:8787/i/x?a=b");
      }
      const odd = await ask(
        "/%0d%0aset-cookie:x",
        { headers: { host: "127.0.0.1", accept } },
        here,
      );
      expect(odd.headers.get("location")).toBe("http://localhost:8787/%0d%0aset-cookie:x");
      expect(odd.headers.has("set-cookie")).toBe(false);
      const evil = await ask("//evil.example/", { headers: { host: "127.0.0.1", accept } }, here);
      expect(evil.headers.get("location")).toMatch(/^http:\/\/localhost:8787\//);
      for (const headers of [
        { host: "127.0.0.1:8787" },
        { host: "127.0.0.1.evil.example", accept },
        { host: "evil.example", accept },
      ])
        expect((await ask("/", { headers }, here)).status).toBe(404);
      // A server for others knows no such names.
      const elsewhere = await ask("/", { headers: { host: "127.0.0.1:8787", accept } });
      expect(elsewhere.status).toBe(404);
    });

    test("[P2] the invitation's page has no script, in French unless English is asked for", async () => {
      const page = await ask("/i/AAAAAAAAAAAAAAAAAAAAAA");
      const csp = page.headers.get("content-security-policy") ?? "";
      expect(csp).toContain("script-src 'none'");
      expect(csp).toContain("default-src 'none'");
      const french = await page.text();
      expect(french).toContain('<html lang="fr">');
      expect(french).toContain("la personne qui vous invite vous dira où la trouver");
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
      const bus = { ...suite.context.bus, ...away };
      const answer = await ask("/readyz", anyHost, { bus });
      expect(answer.status).toBe(503);
      expect(failureSchema.parse(await answer.json()).code).toBe("UNAVAILABLE");
      expect((await ask("/healthz", anyHost, { bus })).status).toBe(200);
    });

    test("[C3] a fault leaves as INTERNAL and a request id, never with its message", async () => {
      const db = new Proxy(suite.context.db, {
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
  });
}
