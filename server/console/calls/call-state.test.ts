import { expect, test } from "vitest";

import { createDeviceKey } from "../../../shared/crypto/device-key.ts";
import { consentTextFor } from "../../../shared/grants/consent-text.ts";
import {
  contentHashSchema,
  createNonce,
  createPairingId,
  createSessionId,
  grantIdSchema,
} from "../../../shared/ids.ts";
import { hostSchema } from "../../../shared/sites.ts";
import { type CallsAction, type CallsState, noCalls, reduceCalls } from "./call-state.ts";
import type { VerifiedCall } from "./verified-call.ts";

const helper = await createDeviceKey();
const beneficiary = await createDeviceKey();

function callFrom(label: string): VerifiedCall {
  const session = createSessionId();
  return {
    session,
    pairing: createPairingId(),
    label,
    grant: grantIdSchema.parse(createNonce()),
    statement: {
      version: 1,
      kind: "SESSION",
      session,
      beneficiary: beneficiary.id,
      helper: helper.id,
      hosts: [hostSchema.parse("www.service.example")],
      seconds: 7200,
      text: contentHashSchema.parse(consentTextFor("fr").hash),
      nonce: createNonce(),
    },
    peer: { id: beneficiary.id, publicKey: beneficiary.publicKey },
  };
}

const call = callFrom("Maman");
const { session } = call;
const rings: CallsAction = { type: "rings", call };
const run = (...actions: CallsAction[]): CallsState => actions.reduce(reduceCalls, noCalls);

test("[S2] a call that rings is answered, lived and over", () => {
  expect(run(rings)).toMatchObject({ ringing: [{ label: "Maman" }] });
  const live = run(rings, { type: "answering", session }, { type: "answered", call });
  expect(live).toMatchObject({ ringing: [], answering: undefined, live: { session } });
  expect(reduceCalls(live, { type: "over", session, reason: "stopped" })).toMatchObject({
    live: undefined,
    news: { type: "over", reason: "stopped", label: "Maman" },
  });
});

test("[S2] the same ring twice rings once", () => {
  expect(run(rings, rings).ringing).toHaveLength(1);
});

test("[S2] missed, cancelled, declined and elsewhere are said", () => {
  for (const why of ["missed", "cancelled", "declined", "elsewhere"] as const)
    expect(run(rings, { type: "ring-over", session, why })).toMatchObject({
      ringing: [],
      news: { type: why, label: "Maman" },
    });
});

test("[S2] « elsewhere » while this tab answers waits for the reply", () => {
  const answering = run(rings, { type: "answering", session });
  expect(reduceCalls(answering, { type: "ring-over", session, why: "elsewhere" })).toBe(answering);
  expect(reduceCalls(answering, { type: "answer-failed", session })).toMatchObject({
    ringing: [],
    answering: undefined,
    news: { type: "answer-failed" },
  });
});

test("a second person who calls meanwhile is kept", () => {
  const second = callFrom("Papi");
  const state = run(rings, { type: "rings", call: second }, { type: "answered", call });
  expect(state).toMatchObject({ live: { label: "Maman" }, ringing: [{ label: "Papi" }] });
});

test("[R1] a session that another tab takes is shown as such here", () => {
  const state = run(rings, { type: "answered", call }, { type: "taken" });
  expect(state).toMatchObject({ live: undefined, otherTab: { session } });
  expect(reduceCalls(state, { type: "over", session, reason: "stopped" })).toMatchObject({
    otherTab: undefined,
    news: undefined,
  });
});

test("the end of another session changes nothing", () => {
  const state = run(rings, { type: "answered", call });
  expect(reduceCalls(state, { type: "over", session: createSessionId(), reason: "left" })).toBe(
    state,
  );
});

test("after a break the server's word that nothing goes on clears what rang", () => {
  expect(run(rings, { type: "nothing" })).toEqual(noCalls);
});
