import { expect, test } from "vitest";

import { AppError } from "../../../shared/errors.ts";
import type { TrustNotice } from "../../../shared/http-api.ts";
import { createPairingId } from "../../../shared/ids.ts";
import type { ServerApi } from "../store/server-api.ts";
import { createTrustNotices } from "./trust-notices.ts";

const at = "2026-11-29T10:00:00.000Z";
const pairing = createPairingId();
const notice = (name: string): TrustNotice => ({ notice: name, pairing, kind: "named", at });

function fakeApi(answers: { notices: TrustNotice[] } | undefined): ServerApi {
  // One answer for each of the two routes that are asked.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return ((route: string) =>
    answers
      ? Promise.resolve(route === "GET /api/notices" ? answers : {})
      : Promise.reject(new AppError("UNAVAILABLE", "fake"))) as unknown as ServerApi;
}

test("[P10] what was read goes, the rest stays", async () => {
  const notices = createTrustNotices(fakeApi({ notices: [notice("b"), notice("a")] }));
  await notices.refresh();
  expect(notices.get().map((one) => one.notice)).toEqual(["b", "a"]);
  await notices.markSeen("b");
  expect(notices.get().map((one) => one.notice)).toEqual(["a"]);
});

test("[P10] without an answer the list stays as it was", async () => {
  const answers = { notices: [notice("a")] };
  let up = true;
  const api: ServerApi = (route, input) => fakeApi(up ? answers : undefined)(route, input);
  const notices = createTrustNotices(api);
  await notices.refresh();
  up = false;
  await notices.refresh();
  await expect(notices.markSeen("a")).rejects.toThrow(AppError);
  expect(notices.get()).toEqual([notice("a")]);
});
