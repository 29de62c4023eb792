import { expect, test } from "vitest";

import { createInvitationId } from "../ids.ts";
import { createDeviceKey } from "./device-key.ts";
import {
  createLinkSecret,
  formatInviteLink,
  linkMac,
  originOfInviteLink,
  parseInviteLink,
  verifyLinkMac,
} from "./invite-link.ts";

const SERVER = "https://epaule.example";

async function createLink() {
  const helper = await createDeviceKey();
  return { invitation: createInvitationId(), secret: createLinkSecret(), fingerprint: helper.id };
}

test("[P2] a link is read back whole, with spaces around it too", async () => {
  const link = await createLink();
  const text = formatInviteLink(`${SERVER}/`, link);
  expect(text).toBe(`${SERVER}/i/${link.invitation}#${link.secret}.${link.fingerprint}`);
  expect(parseInviteLink(`  ${text}\n`, SERVER)).toEqual(link);
});

test("[P2] the secret and the fingerprint are in the fragment, which is in no request", async () => {
  const link = await createLink();
  const url = new URL(formatInviteLink(SERVER, link));
  url.hash = "";
  expect(url.href).not.toContain(link.secret);
  expect(url.href).not.toContain(link.fingerprint);
});

test("[P2] a link for another server is not read, but its origin is", async () => {
  const text = formatInviteLink("https://elsewhere.example", await createLink());
  expect(parseInviteLink(text, SERVER)).toBeUndefined();
  expect(originOfInviteLink(text)).toBe("https://elsewhere.example");
  for (const server of ["http://epaule.example", "https://epaule.example:8443"])
    expect(parseInviteLink(text.replace("https://elsewhere.example", server), SERVER)).toBe(
      undefined,
    );
});

test("[P2] a link that was cut, stretched or mended is not read", async () => {
  const link = await createLink();
  const text = formatInviteLink(SERVER, link);
  const wrong = [
    "",
    "bonjour",
    "javascript:alert(1)",
    `${SERVER}/i/`,
    text.slice(0, -1),
    text.split("#")[0] ?? "",
    `${text}A`,
    `${text}.more`,
    text.replace("/i/", "/j/"),
    text.replace("#", "?a=b#"),
    text.replace("https://", "https://user:password@"),
    text.replace(link.secret, link.secret.slice(1)),
    text.replace(link.secret, `${link.secret.slice(0, -1)}B`),
    text.replace(link.fingerprint, ""),
  ];
  expect(wrong.filter((candidate) => parseInviteLink(candidate, SERVER))).toEqual([]);
  expect(originOfInviteLink("javascript:alert(1)")).toBeUndefined();
  expect(originOfInviteLink(`${SERVER}/elsewhere`)).toBeUndefined();
});

test("[P3] a MAC is for one secret, one invitation and two keys in their roles", async () => {
  const [beneficiary, helper] = [await createDeviceKey(), await createDeviceKey()];
  const { invitation, secret } = await createLink();
  const keys = { invitation, beneficiaryKey: beneficiary.publicKey, helperKey: helper.publicKey };
  const mac = await linkMac(secret, keys);
  expect(await verifyLinkMac(secret, mac, keys)).toBe(true);
  expect(await verifyLinkMac(createLinkSecret(), mac, keys)).toBe(false);
  const others = [
    { ...keys, invitation: createInvitationId() },
    { ...keys, beneficiaryKey: (await createDeviceKey()).publicKey },
    { ...keys, helperKey: (await createDeviceKey()).publicKey },
    { ...keys, beneficiaryKey: keys.helperKey, helperKey: keys.beneficiaryKey },
  ];
  for (const other of others) expect(await verifyLinkMac(secret, mac, other)).toBe(false);
  for (const other of ["", mac.slice(1), `${mac}A`])
    expect(await verifyLinkMac(secret, other, keys)).toBe(false);
});
