import { describe, expect, test } from "vitest";

import { parseSmtpUrl } from "./smtp-url.ts";

describe("SMTP_URL", () => {
  test("names a server, how it is reached and who we are there", () => {
    expect(parseSmtpUrl("smtps://epaule:p%40ss@mail.example.org")).toEqual({
      host: "mail.example.org",
      port: undefined,
      secure: true,
      requireTls: true,
      auth: { user: "epaule", pass: "p@ss" },
    });
    expect(parseSmtpUrl("smtp://[2001:db8::1]:2525/")).toMatchObject({
      host: "2001:db8::1",
      port: 2525,
      secure: false,
      auth: undefined,
    });
  });

  test("asks for TLS but on this very computer, or where somebody wrote that it does not", () => {
    expect(parseSmtpUrl("smtp://mail.example.org")).toMatchObject({ requireTls: true });
    for (const host of ["localhost", "127.0.0.1", "[::1]"])
      expect(parseSmtpUrl(`smtp://${host}:25`)).toMatchObject({ requireTls: false });
    expect(parseSmtpUrl("smtp://mail.localhost")).toMatchObject({ requireTls: true });
    expect(parseSmtpUrl("smtp://127.mail.example")).toMatchObject({ requireTls: true });
    expect(parseSmtpUrl("smtp://relay?requireTLS=false")).toMatchObject({ requireTls: false });
    expect(parseSmtpUrl("smtp://localhost?requireTLS=true")).toMatchObject({ requireTls: true });
  });

  test.each([
    "",
    "mail.example.org",
    "mail.example.org:587",
    "http://mail.example.org",
    "smtp://",
    "smtp:mail.example.org",
    "smtp://mail.example.org:99999",
    "smtp://mail.example.org/inbox",
    "smtp://mail.example.org#top",
    "smtp://user:%E0%A4%A@mail.example.org",
    "smtp://mail.example.org?requireTLS=perhaps",
    "smtp://mail.example.org?requireTLS=true&requireTLS=false",
    "smtp://mail.example.org?tls.rejectUnauthorized=false",
    "smtp://mail.example.org?debug=true",
  ])("%s is no address of a mail server", (text) => {
    expect(parseSmtpUrl(text)).toBeUndefined();
  });
});
