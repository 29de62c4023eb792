import { createTransport } from "nodemailer";

import { missedCallMail, signInMail } from "./messages.ts";

export interface Mailer {
  /** Whether a sign-in link can reach a person; otherwise that way in is off. */
  readonly signIn: boolean;
  sendSignIn(to: string, url: string): Promise<void>;
  /** Names neither the site nor the topic, nor who called. */
  sendMissedCall(to: string): Promise<void>;
}

export function createSmtpMailer(smtpUrl: string, publicUrl: string): Mailer {
  const transport = createTransport(smtpUrl);
  const from = `Epaule <no-reply@${new URL(publicUrl).hostname}>`;
  return {
    signIn: true,
    async sendSignIn(to, url) {
      await transport.sendMail({ from, to, ...signInMail(url) });
    },
    async sendMissedCall(to) {
      await transport.sendMail({ from, to, ...missedCallMail(publicUrl) });
    },
  };
}

/** Development without SMTP: the link goes to the terminal, and nothing else is sent. */
export function createTerminalMailer(write: (line: string) => void): Mailer {
  return {
    signIn: true,
    async sendSignIn(_to, url) {
      write(`\n  Lien de connexion / Sign-in link: ${url}\n\n`);
    },
    async sendMissedCall() {},
  };
}

/** Production without SMTP: the mail way is off. */
export const noMailer: Mailer = {
  signIn: false,
  async sendSignIn() {},
  async sendMissedCall() {},
};
