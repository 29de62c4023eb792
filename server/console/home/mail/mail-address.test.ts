import { expect, test } from "vitest";

import { AppError, type ErrorCode } from "../../../../shared/errors.ts";
import type { Account } from "../../../../shared/http-api.ts";
import { createServerApi } from "../../store/server-api.ts";
import { createMailAddress, proveMail } from "./mail-address.ts";

const CLAIRE = "claire@example.org";
const ACCOUNT: Account = { id: "1", name: "Claire", passkey: true };

type Answers = Record<string, unknown>;

/** Answers as the server does, and keeps what was sent. */
function serverWith(answers: Answers) {
  const sent: string[] = [];
  const api = createServerApi(async (path, init) => {
    const asked = typeof path === "string" ? path : "";
    sent.push(`${asked} ${typeof init?.body === "string" ? init.body : ""}`);
    const answer = answers[asked];
    if (answer instanceof AppError)
      return Response.json({ code: answer.code, request: "r" }, { status: 500 });
    return Response.json(answer);
  });
  return { api, sent };
}

const refused = (code: ErrorCode) => new AppError(code, "refused");

test("an address is the account's when the server says so, not when a link was sent", async () => {
  const answers: Answers = { "/api/account/mail": {}, "/api/account": ACCOUNT };
  const mail = createMailAddress({
    api: serverWith(answers).api,
    account: ACCOUNT,
    proof: undefined,
  });
  await mail.ask("Claire@Example.org");
  await mail.refresh();
  expect(mail.get()).toMatchObject({ address: undefined, sentTo: CLAIRE });
  answers["/api/account"] = { ...ACCOUNT, email: CLAIRE };
  await mail.refresh();
  expect(mail.get()).toMatchObject({ address: CLAIRE, sentTo: undefined });
});

test("while a link to a new address is on its way, the old one stays", async () => {
  const account = { ...ACCOUNT, email: CLAIRE };
  const answers: Answers = { "/api/account/mail": {}, "/api/account": account };
  const mail = createMailAddress({ api: serverWith(answers).api, account, proof: undefined });
  await mail.ask("new@example.org");
  await mail.refresh();
  expect(mail.get()).toMatchObject({ address: CLAIRE, sentTo: "new@example.org" });
  mail.correct();
  expect(mail.get()).toMatchObject({ address: CLAIRE, sentTo: undefined });
});

test("a mail that could not leave is told to whoever asked, and nothing is waited for", async () => {
  const { api } = serverWith({ "/api/account/mail": refused("UNAVAILABLE") });
  const mail = createMailAddress({ api, account: ACCOUNT, proof: undefined });
  await expect(mail.ask(CLAIRE)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(mail.get().sentTo).toBeUndefined();
});

test("a refresh without an answer keeps what was known", async () => {
  const { api } = serverWith({ "/api/account": refused("UNAVAILABLE") });
  const account = { ...ACCOUNT, email: CLAIRE };
  const mail = createMailAddress({ api, account, proof: undefined });
  await mail.refresh();
  expect(mail.get().address).toBe(CLAIRE);
});

test("removing it leaves none, and no word of a link that was opened before", async () => {
  const { api } = serverWith({ "/api/account/mail/remove": ACCOUNT });
  const account = { ...ACCOUNT, email: CLAIRE };
  const mail = createMailAddress({ api, account, proof: { type: "proved", address: CLAIRE } });
  await mail.remove();
  expect(mail.get()).toMatchObject({ address: undefined, proof: undefined });
});

test("an account without a passkey keeps its address", () => {
  const account = { ...ACCOUNT, email: CLAIRE, passkey: false };
  const mail = createMailAddress({ api: serverWith({}).api, account, proof: undefined });
  expect(mail.get().canRemove).toBe(false);
});

test("a link is proved, dead, or not looked at after too many; without an answer it may be tried again", async () => {
  const path = "/api/account/mail/prove";
  const good = serverWith({ [path]: { address: CLAIRE } });
  expect(await proveMail(good.api, "a.b")).toEqual({ type: "proved", address: CLAIRE });
  expect(good.sent).toEqual([`${path} {"token":"a.b"}`]);
  for (const code of ["NOT_FOUND", "BAD_MESSAGE"] as const)
    expect(await proveMail(serverWith({ [path]: refused(code) }).api, "a.b")).toEqual({
      type: "dead",
    });
  const many = serverWith({ [path]: refused("TOO_MANY") });
  expect(await proveMail(many.api, "a.b")).toEqual({ type: "too-many" });
  const away = serverWith({ [path]: refused("UNAVAILABLE") });
  await expect(proveMail(away.api, "a.b")).rejects.toMatchObject({ code: "UNAVAILABLE" });
});
