import { expect, test } from "vitest";

import { type AppAction, type AppState, reduceApp } from "./app-state.ts";

const config = { playerUrl: "http://player.localhost", mail: true, version: "1" };
const account = { id: "1", name: "Claire", passkey: true };
const first: AppState<string> = { screen: "starting" };
const signedIn: AppAction<string> = { type: "signed-in", config, account, rename: false };
const run = (...actions: AppAction<string>[]): AppState<string> =>
  actions.reduce(reduceApp<string>, first);

test("whoever is signed in comes to the desk", () => {
  expect(run(signedIn)).toMatchObject({ screen: "opening" });
  expect(run(signedIn, { type: "opened", desk: "desk" })).toEqual({
    screen: "desk",
    config,
    account,
    desk: "desk",
  });
});

test("a new account by mail gives its name first", () => {
  const naming = run({ ...signedIn, rename: true });
  expect(naming).toMatchObject({ screen: "naming" });
  const named = { id: "1", name: "Claire Morel", passkey: false };
  expect(reduceApp(naming, { type: "named", account: named })).toMatchObject({
    screen: "opening",
    account: named,
  });
});

test("[C5] when the sign-in ends, the desk closes and says why", () => {
  expect(run(signedIn, { type: "opened", desk: "desk" }, { type: "dropped" })).toEqual({
    screen: "signed-out",
    config,
    notice: "signed-out",
  });
});

test("a desk that opens after the person has left stays closed", () => {
  const out: AppAction<string> = { type: "signed-out", config };
  expect(run(signedIn, out, { type: "opened", desk: "desk" })).toMatchObject({
    screen: "signed-out",
  });
  expect(run(signedIn, out, { type: "stuck", why: "storage" })).toMatchObject({
    screen: "signed-out",
  });
});

test("a browser that keeps nothing is told so", () => {
  expect(run(signedIn, { type: "stuck", why: "storage" })).toMatchObject({
    screen: "stuck",
    why: "storage",
  });
});
