import { SMTPServer, type SMTPServerOptions } from "smtp-server";

import { createSmtpMailer, type Mailer } from "./mailer.ts";
import { parseSmtpUrl } from "./smtp-url.ts";

/** A mail as it crossed the wire. */
interface ReceivedMail {
  from: string;
  to: string[];
  /** Whether it came under TLS. */
  secure: boolean;
  user: string | undefined;
  headers: string;
  text: string;
}

export interface MailServer {
  port: number;
  received: ReceivedMail[];
  stop(): Promise<void>;
}

/** Neither TLS nor names. */
export const PLAIN = { disabledCommands: ["STARTTLS", "AUTH"] };

/** A real mail server on a free port of the loopback. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          user: session.user,
          ...readMail(Buffer.concat(chunks).toString("utf8")),
        });
        done();
      });
    },
    ...options,
  });
  // A client that hangs up, or does not trust us, is a test's own doing.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    port: address.port,
    received,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function readMail(raw: string): { headers: string; text: string } {
  const [headers = "", ...body] = raw.split("\r\n\r\n");
  const text = body.join("\n\n").replaceAll("\r\n", "\n");
  return { headers, text: /quoted-printable/i.test(headers) ? unquote(text) : text };
}

function unquote(text: string): string {
  const bytes = text
    .replace(/=\n/g, "")
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

export function smtpUrl(
  scheme: "smtp" | "smtps",
  port: number,
  credentials?: { user: string; pass: string },
): string {
  const { user = "", pass = "" } = credentials ?? {};
  const who = credentials ? `${encodeURIComponent(user)}:${encodeURIComponent(pass)}@` : "";
  return `${scheme}://${who}localhost:${port}`;
}

/** The server's own, as `SMTP_URL` makes it. */
export function createMailer(url: string, patienceMs?: number): Mailer {
  const settings = parseSmtpUrl(url);
  if (!settings) throw new Error("not an SMTP address");
  return createSmtpMailer(settings, "https://epaule.example", patienceMs);
}
