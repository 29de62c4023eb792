import { createTransport } from "nodemailer";

import {
  addressChangedMail,
  addressLinkMail,
  addressTakenMail,
  missedCallMail,
  signInMail,
  type MailText,
} from "./messages.ts";
import type { SmtpSettings } from "./smtp-url.ts";

/** A person waits for the answer: a mail server that takes longer has failed. */
const PATIENCE_MS = 8_000;

export interface Mailer {
  /** Whether a sign-in link can reach a person; otherwise that way in is off. */
  readonly signIn: boolean;
  sendSignIn(to: string, url: string): Promise<void>;
  /** Whoever opens the link proves that the address is theirs. */
  sendAddressLink(to: string, url: string): Promise<void>;
  /** To the address that an account had: another took its place. */
  sendAddressChanged(to: string): Promise<void>;
  /** Instead of that link: told to the address alone, never to whoever asked. */
  sendAddressTaken(to: string): Promise<void>;
  /** Names neither the site nor the topic, nor who called. */
  sendMissedCall(to: string): Promise<void>;
}

export function createSmtpMailer(
  smtp: SmtpSettings,
  publicUrl: string,
  patienceMs = PATIENCE_MS,
): Mailer {
  const { host, port, secure, requireTls, auth } = smtp;
  const transport = createTransport({
    host,
    port: port ?? (secure ? 465 : 587),
    secure,
    requireTLS: requireTls,
    ...(auth ? { auth } : {}),
    dnsTimeout: patienceMs,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // Nothing of a mail is ever read from a disk or from a network.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const from = `Epaule <no-reply@${new URL(publicUrl).hostname}>`;

  /**
   * The address goes as one, never as text that the library would read several from. Its own limits are
   * for silence: a server that says a word now and then meets ours.
   */
  async function send(to: string, text: MailText): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error("the mail server is too slow")), patienceMs);
    });
    try {
      await Promise.race([
        transport.sendMail({ from, to: { name: "", address: to }, ...text }),
        late,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    signIn: true,
    sendSignIn: (to, url) => send(to, signInMail(url)),
    sendAddressLink: (to, url) => send(to, addressLinkMail(url)),
    sendAddressChanged: (to) => send(to, addressChangedMail(publicUrl)),
    sendAddressTaken: (to) => send(to, addressTakenMail(publicUrl)),
    sendMissedCall: (to) => send(to, missedCallMail(publicUrl)),
  };
}

/** Development without SMTP: the link goes to the terminal, and nothing else is sent. */
export function createTerminalMailer(write: (line: string) => void): Mailer {
  return {
    signIn: true,
    async sendSignIn(_to, url) {
      write(`\n  Lien de connexion / Sign-in link: ${url}\n\n`);
    },
    async sendAddressLink(_to, url) {
      write(`\n  Lien de confirmation / Confirmation link: ${url}\n\n`);
    },
    async sendAddressChanged() {},
    async sendAddressTaken() {
      write("\n  Cette adresse a déjà un compte / This address already has an account\n\n");
    },
    async sendMissedCall() {},
  };
}

/** Production without SMTP: the mail way is off. */
export const noMailer: Mailer = {
  signIn: false,
  async sendSignIn() {},
  async sendAddressLink() {},
  async sendAddressChanged() {},
  async sendAddressTaken() {},
  async sendMissedCall() {},
};
