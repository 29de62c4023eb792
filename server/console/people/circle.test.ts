import { describe, expect, test } from "vitest";
import { z } from "zod";

import { createDeviceKey } from "../../../shared/crypto/device-key.ts";
import { createLinkSecret, linkMac } from "../../../shared/crypto/invite-link.ts";
import type { HelperPairing } from "../../../shared/http-api.ts";
import { createInvitationId, createNonce, createPairingId } from "../../../shared/ids.ts";
import { createMemoryKeyValue } from "../store/key-value.ts";
import { openInviteSecrets, openPins } from "../store/pins.ts";
import { createServerApi } from "../store/server-api.ts";
import { createCircle } from "./circle.ts";

async function world() {
  const [key, beneficiary] = await Promise.all([createDeviceKey(), createDeviceKey()]);
  const invitation = createInvitationId();
  const secret = createLinkSecret();
  const keys = { invitation, beneficiaryKey: beneficiary.publicKey, helperKey: key.publicKey };
  const pairing: HelperPairing = {
    pairing: createPairingId(),
    device: key.id,
    beneficiary: { device: beneficiary.id, key: beneficiary.publicKey },
    origin: { type: "link", invitation, mac: await linkMac(secret, keys) },
    state: "active",
    createdAt: new Date().toISOString(),
  };
  const keyValue = createMemoryKeyValue();
  const pins = openPins(keyValue, "me");
  const invites = openInviteSecrets(keyValue, "me");
  const expiresAt = new Date(86_400_000).toISOString();
  await invites.put(invitation, { secret, label: "Mamie", expiresAt });

  const server = { pairings: [pairing], ended: [] as string[], away: false };
  const api = createServerApi(async (path, init) => {
    if (server.away) throw new TypeError("no network");
    if (path === "/api/pairings") return Response.json({ pairings: server.pairings });
    const body = z.object({ pairing: z.string() }).parse(await new Response(init?.body).json());
    server.ended.push(body.pairing);
    return Response.json({});
  });
  const circle = createCircle({ api, key, pins, invites, wallClock: () => 1_000_000_000 });
  return { circle, server, pairing, pins, invites, invitation };
}

describe("my people", () => {
  test("[P3] a redeemed link is pinned once, and its secret is forgotten", async () => {
    const { circle, pairing, pins, invites, invitation } = await world();
    await circle.refresh();
    expect(circle.get().people).toMatchObject([{ pairing: pairing.pairing, label: "Mamie" }]);
    expect(circle.get().news).toMatchObject([{ type: "joined", label: "Mamie" }]);
    expect(await pins.get(pairing.pairing)).toMatchObject({ key: pairing.beneficiary.key });
    expect(await invites.get(invitation)).toBeUndefined();
    circle.dismiss(pairing.pairing);
    await circle.refresh();
    expect(circle.get()).toMatchObject({ people: [{ label: "Mamie" }], news: [] });
  });

  test("[P3] a wrong MAC ends the pairing and says so", async () => {
    const { circle, server, pairing, pins } = await world();
    const origin = { ...pairing.origin, type: "link" as const, mac: createNonce() };
    server.pairings = [{ ...pairing, origin }];
    await circle.refresh();
    expect(server.ended).toEqual([pairing.pairing]);
    expect(circle.get().people).toEqual([]);
    expect(circle.get().news).toMatchObject([{ type: "refused", why: "wrong-mac" }]);
    expect(await pins.get(pairing.pairing)).toBeUndefined();
  });

  test("[P6] a changed key ends the pairing and says so", async () => {
    const { circle, server, pairing } = await world();
    await circle.refresh();
    const stranger = await createDeviceKey();
    const beneficiary = { device: stranger.id, key: stranger.publicKey };
    server.pairings = [{ ...pairing, beneficiary }];
    await circle.refresh();
    expect(server.ended).toEqual([pairing.pairing]);
    expect(circle.get()).toMatchObject({
      people: [],
      news: [{ type: "refused", why: "key-changed", label: "Mamie" }],
    });
  });

  test("a pairing that the other side ended goes, and is said once", async () => {
    const { circle, server, pairing } = await world();
    await circle.refresh();
    server.pairings = [{ ...pairing, state: "ended" }];
    await circle.refresh();
    expect(circle.get()).toMatchObject({ people: [], news: [{ type: "ended", label: "Mamie" }] });
    circle.dismiss(pairing.pairing);
    await circle.refresh();
    expect(circle.get().news).toEqual([]);
  });

  test("a label that is changed here stays", async () => {
    const { circle, pairing } = await world();
    await circle.refresh();
    await circle.rename(pairing.pairing, "Jeanne");
    await circle.refresh();
    expect(circle.get().people).toMatchObject([{ label: "Jeanne" }]);
  });

  test("without the server, what is known stays and the failure is said", async () => {
    const { circle, server } = await world();
    await circle.refresh();
    server.away = true;
    await circle.refresh();
    expect(circle.get()).toMatchObject({ people: [{ label: "Mamie" }], failed: "UNAVAILABLE" });
  });

  test("an invitation's secret is forgotten two days after its end", async () => {
    const { circle, server, invites, invitation } = await world();
    server.pairings = [];
    await circle.refresh();
    expect(await invites.get(invitation)).toBeUndefined();
  });
});
