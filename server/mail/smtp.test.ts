import { createServer } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

import { generate } from "selfsigned";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { createMailer, PLAIN, smtpUrl, startMailServer, type MailServer } from "./testing.ts";

const LINK = `https://epaule.example/api/auth/magic-link/verify?token=${"x".repeat(80)}&callbackURL=%2F`;
const CREDENTIALS = { user: "epaule", pass: "p@ss:word/é" };

describe("mail through a real mail server", { timeout: 20_000 }, () => {
  const trusted = getCACertificates("default");
  let tls: { key: string; cert: string };
  const running: MailServer[] = [];

  beforeAll(async () => {
    const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
      extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
    });
    tls = { key, cert };
    setDefaultCACertificates([...trusted, cert]);
  });
  afterAll(() => setDefaultCACertificates(trusted));
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
  });

  async function run(options: Parameters<typeof startMailServer>[0]): Promise<MailServer> {
    const server = await startMailServer(options);
    running.push(server);
    return server;
  }

  const authenticate: Parameters<typeof startMailServer>[0] = {
    authOptional: false,
    onAuth({ username, password }, _session, done) {
      if (username === CREDENTIALS.user && password === CREDENTIALS.pass)
        done(null, { user: username });
      else done(new Error("Invalid username or password"));
    },
  };

  test("a sign-in link arrives whole, under STARTTLS, with our name and password", async () => {
    const server = await run({ ...tls, ...authenticate });
    const mailer = createMailer(smtpUrl("smtp", server.port, CREDENTIALS));
    await mailer.sendSignIn("marie@example.org", LINK);
    expect(server.received).toMatchObject([
      {
        from: "no-reply@epaule.example",
        to: ["marie@example.org"],
        secure: true,
        user: "epaule",
      },
    ]);
    expect(server.received[0]?.text).toContain(`\n${LINK}\n`);
    expect(server.received[0]?.text).toContain("connecter à Epaule");
  });

  test("smtps: is TLS from the first byte", async () => {
    const server = await run({ ...tls, ...authenticate, secure: true });
    await createMailer(smtpUrl("smtps", server.port, CREDENTIALS)).sendMissedCall("m@example.org");
    expect(server.received).toMatchObject([{ secure: true, user: "epaule" }]);
  });

  test("without TLS on this very computer, where the server has none", async () => {
    const server = await run(PLAIN);
    await createMailer(smtpUrl("smtp", server.port)).sendMissedCall("marie@example.org");
    expect(server.received).toMatchObject([{ secure: false, to: ["marie@example.org"] }]);
  });

  test("where TLS is asked for, a server that does not offer it gets neither password nor mail", async () => {
    const seen: string[] = [];
    const server = await run({
      disabledCommands: ["STARTTLS"],
      onAuth({ username = "" }, _session, done) {
        seen.push(username);
        done(null, { user: username });
      },
    });
    const url = `${smtpUrl("smtp", server.port, CREDENTIALS)}?requireTLS=true`;
    await expect(createMailer(url).sendSignIn("marie@example.org", LINK)).rejects.toThrow(
      /STARTTLS/,
    );
    expect(seen).toEqual([]);
    expect(server.received).toEqual([]);
  });

  test("a certificate that nobody vouches for gets neither password nor mail", async () => {
    const other = await generate([{ name: "commonName", value: "localhost" }]);
    const server = await run({ key: other.private, cert: other.cert, ...authenticate });
    const mailer = createMailer(smtpUrl("smtp", server.port, CREDENTIALS));
    await expect(mailer.sendSignIn("marie@example.org", LINK)).rejects.toThrow(/certificate/);
    expect(server.received).toEqual([]);
  });

  test("a wrong password, a refused address and a server that is down reject", async () => {
    const strict = await run({ ...tls, ...authenticate });
    const wrong = createMailer(smtpUrl("smtp", strict.port, { ...CREDENTIALS, pass: "no" }));
    await expect(wrong.sendSignIn("marie@example.org", LINK)).rejects.toThrow(/Invalid login/);

    const picky = await run({
      ...tls,
      onRcptTo: (_address, _session, done) => done(new Error("unknown")),
    });
    const refused = createMailer(smtpUrl("smtp", picky.port));
    await expect(refused.sendMissedCall("nobody@example.org")).rejects.toThrow(/recipients/);

    const gone = createMailer(smtpUrl("smtp", picky.port));
    await picky.stop();
    await expect(gone.sendSignIn("marie@example.org", LINK)).rejects.toThrow(/ECONNREFUSED/);
    expect([...strict.received, ...picky.received]).toEqual([]);
  });

  test("a server that says nothing, or a word now and then, is given up in time", async () => {
    const silent = await run({ ...PLAIN, onConnect() {} });
    const stuck = await run({
      disabledCommands: ["STARTTLS"],
      onData: (stream) => stream.resume(),
    });
    // A line that never ends: each byte would start the library's own clock again.
    const dripping = createServer((socket) => {
      const drip = setInterval(() => socket.write("220-wait\r\n"), 50);
      socket.on("error", () => {});
      socket.on("close", () => clearInterval(drip));
    });
    await new Promise<void>((resolve) => dripping.listen(0, "127.0.0.1", resolve));
    const address = dripping.address();
    const drips = typeof address === "object" && address !== null ? address.port : 0;
    try {
      for (const port of [silent.port, stuck.port, drips]) {
        const started = performance.now();
        const mailer = createMailer(smtpUrl("smtp", port), 400);
        await expect(mailer.sendSignIn("marie@example.org", LINK)).rejects.toThrow(
          /too slow|timeout|greeting/i,
        );
        expect(performance.now() - started).toBeLessThan(2_000);
      }
    } finally {
      dripping.close();
    }
  });

  test("what stands in an address cannot add a recipient or a header", async () => {
    const server = await run(PLAIN);
    const mailer = createMailer(smtpUrl("smtp", server.port));
    for (const hostile of [
      "marie@example.org\r\nBcc: all@example.org",
      "marie@example.org, all@example.org",
      "marie@example.org> RCPT TO:<all@example.org",
    ])
      await mailer.sendMissedCall(hostile).catch(() => {});
    for (const mail of server.received) {
      expect(mail.to).not.toContain("all@example.org");
      expect(mail.headers).not.toMatch(/^Bcc:/im);
    }
  });
});
