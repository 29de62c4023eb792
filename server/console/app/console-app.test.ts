import { expect, test } from "vitest";

import { createFakeClock } from "../../../shared/client/testing/fake-clock.ts";
import type { ErrorCode } from "../../../shared/errors.ts";
import type { SignIn } from "../sign-in/auth-client.ts";
import { createMemoryKeyValue } from "../store/key-value.ts";
import { createServerApi } from "../store/server-api.ts";
import { createConsoleApp } from "./console-app.ts";

const CONFIG = { playerUrl: "https://player.example.org", mail: true, version: "0.1.0" };
const ACCOUNT = { id: "1", name: "Claire", passkey: true };

const refuse = (why: ErrorCode) => Response.json({ code: why, request: "r" }, { status: 400 });

const never = () => {
  throw new Error("not for this test");
};

/** Opened by the link in a mail, whose proof the server answers with `code`. */
function createOpenedByLink({ code, isSignedIn }: { code: ErrorCode; isSignedIn: boolean }) {
  const signIn: SignIn = { create: never, open: never, sendMail: never, leave: never };
  const asked: string[] = [];
  const app = createConsoleApp({
    api: createServerApi(async (path) => {
      if (typeof path === "string") asked.push(path);
      if (path === "/api/config") return Response.json(CONFIG);
      if (path === "/api/account/mail/prove") return refuse(code);
      return isSignedIn ? Response.json(ACCOUNT) : refuse("UNPROVED");
    }),
    keyValue: createMemoryKeyValue(),
    signIn,
    around: {
      serverUrl: "https://epaule.example.org",
      openSocket: never,
      clock: createFakeClock(),
      wallClock: () => 0,
      random: () => 0,
      isHidden: () => false,
      tab: { get: () => null, set: never, clear: never },
      onWake: () => never,
    },
    // A name to choose first: nothing is opened in this test.
    arrival: { newByMail: true, deadLink: false, mailToken: "1.token" },
  });
  return Object.assign(app, { asked });
}

test("a mailed link opened after too many others locks nobody who is signed in out of the console", async () => {
  const app = createOpenedByLink({ code: "TOO_MANY", isSignedIn: true });
  await app.start();
  await app.answerProof(true);
  expect(app.get().screen).toBe("naming");
});

test("a mailed link opened after too many others says so where nobody is signed in", async () => {
  const app = createOpenedByLink({ code: "TOO_MANY", isSignedIn: false });
  await app.start();
  await app.answerProof(true);
  expect(app.get()).toMatchObject({ screen: "signed-out", notice: "mail-too-many" });
});

test("without an answer of the server, that is what is said", async () => {
  const app = createOpenedByLink({ code: "UNAVAILABLE", isSignedIn: true });
  await app.start();
  await app.answerProof(true);
  expect(app.get().screen).toBe("unreachable");
});

test("a mailed link proves nothing before the person says so, and nothing when they say no", async () => {
  const app = createOpenedByLink({ code: "NOT_FOUND", isSignedIn: false });
  await app.start();
  expect(app.get().screen).toBe("proving");
  expect(app.asked).not.toContain("/api/account/mail/prove");
  await app.answerProof(false);
  expect(app.get()).toMatchObject({ screen: "signed-out", notice: undefined });
  expect(app.asked).not.toContain("/api/account/mail/prove");
});
