import { describe, expect, test } from "vitest";

import { createDeviceKey } from "../../../shared/crypto/device-key.ts";
import { createLinkSecret, linkMac } from "../../../shared/crypto/invite-link.ts";
import type { HelperPairing } from "../../../shared/http-api.ts";
import { createInvitationId, createPairingId } from "../../../shared/ids.ts";
import type { InviteSecret } from "../store/pins.ts";
import { checkPairing } from "./check-pairing.ts";

async function world() {
  const [key, beneficiary, stranger] = await Promise.all([
    createDeviceKey(),
    createDeviceKey(),
    createDeviceKey(),
  ]);
  const invitation = createInvitationId();
  const invite: InviteSecret = {
    secret: createLinkSecret(),
    label: "Papi",
    expiresAt: new Date().toISOString(),
  };
  const keys = { invitation, beneficiaryKey: beneficiary.publicKey, helperKey: key.publicKey };
  const byLink: HelperPairing = {
    pairing: createPairingId(),
    device: key.id,
    beneficiary: { device: beneficiary.id, key: beneficiary.publicKey },
    origin: { type: "link", invitation, mac: await linkMac(invite.secret, keys) },
    state: "active",
    createdAt: new Date().toISOString(),
  };
  const byCode: HelperPairing = { ...byLink, origin: { type: "code", invitation } };
  const pin = { device: beneficiary.id, key: beneficiary.publicKey, label: "Papi" };
  const foreign = { device: stranger.id, key: stranger.publicKey };
  return { key, invite, byLink, byCode, pin, foreign };
}

describe("[P3] a new pairing by link", () => {
  test("is pinned under the invitation's label when its MAC is right", async () => {
    const { key, invite, byLink, pin } = await world();
    const check = await checkPairing(byLink, { key, invite, pin: undefined });
    expect(check).toEqual({ type: "new", pin });
  });

  test("is refused when the server put in another key", async () => {
    const { key, invite, byLink, foreign } = await world();
    const swapped = { ...byLink, beneficiary: foreign };
    expect(await checkPairing(swapped, { key, invite, pin: undefined })).toEqual({
      type: "refused",
      why: "wrong-mac",
    });
  });

  test("is refused when the MAC was made with another secret", async () => {
    const { key, invite, byLink } = await world();
    const other = { ...invite, secret: createLinkSecret() };
    expect(await checkPairing(byLink, { key, invite: other, pin: undefined })).toEqual({
      type: "refused",
      why: "wrong-mac",
    });
  });

  test("is refused when this browser has no secret for it", async () => {
    const { key, byLink } = await world();
    expect(await checkPairing(byLink, { key, invite: undefined, pin: undefined })).toEqual({
      type: "refused",
      why: "no-secret",
    });
  });

  test("of another browser of the same account is left alone", async () => {
    const { key, byLink, foreign } = await world();
    const other = { ...byLink, device: foreign.device };
    expect(await checkPairing(other, { key, invite: undefined, pin: undefined })).toEqual({
      type: "elsewhere",
    });
  });
});

describe("[P4] a new pairing by code", () => {
  test("is pinned when its two words were confirmed here", async () => {
    const { key, invite, byCode, pin } = await world();
    const confirmed = { ...invite, confirmedKey: pin.key };
    const check = await checkPairing(byCode, { key, invite: confirmed, pin: undefined });
    expect(check).toEqual({ type: "new", pin });
  });

  test("is refused when nobody confirmed anything", async () => {
    const { key, invite, byCode } = await world();
    expect(await checkPairing(byCode, { key, invite, pin: undefined })).toEqual({
      type: "refused",
      why: "no-secret",
    });
  });

  test("is refused when another key was confirmed", async () => {
    const { key, invite, byCode, foreign } = await world();
    const confirmed = { ...invite, confirmedKey: foreign.key };
    expect(await checkPairing(byCode, { key, invite: confirmed, pin: undefined })).toEqual({
      type: "refused",
      why: "key-changed",
    });
  });
});

describe("[P6] a known pairing", () => {
  test("goes on with the pinned key", async () => {
    const { key, byLink, pin } = await world();
    const check = await checkPairing(byLink, { key, invite: undefined, pin });
    expect(check).toEqual({ type: "known", pin });
  });

  test("stops when its key has changed, even with a right MAC", async () => {
    const { key, invite, byLink, pin, foreign } = await world();
    const old = { ...pin, ...foreign };
    expect(await checkPairing(byLink, { key, invite, pin: old })).toEqual({
      type: "refused",
      why: "key-changed",
    });
  });
});
