import { describe, expect, test } from "vitest";

import { createLinkSecret, formatInviteLink } from "../../shared/crypto/invite-link.ts";
import { createInvitationId, createNonce, deviceIdSchema } from "../../shared/ids.ts";
import { readInvitation } from "./read-invitation.ts";

const SERVER = "https://epaule.example";
const invitation = createInvitationId();
const secret = createLinkSecret();
const fingerprint = deviceIdSchema.parse(createNonce());
const link = formatInviteLink(SERVER, { invitation, secret, fingerprint });

describe("what a person may put in the field", () => {
  test("[P2] the whole link, also in the middle of a message", () => {
    const read = { type: "link", invitation, secret, fingerprint };
    expect(readInvitation(link, SERVER)).toEqual(read);
    expect(readInvitation(`  ${link}\n`, SERVER)).toEqual(read);
    expect(readInvitation(`Voici le lien : ${link} à bientôt`, SERVER)).toEqual(read);
  });

  test.each(["12345678", "1234 5678", "1234-5678", " 12 34 56 78 ", "1234\u00a05678", "1234.5678"])(
    "[P1] the code, however it is spaced: %j",
    (text) => {
      expect(readInvitation(text, SERVER)).toEqual({ type: "code", code: "12345678" });
    },
  );

  test("a link without its end is told apart", () => {
    expect(readInvitation(`${SERVER}/i/${invitation}`, SERVER)).toEqual({ type: "half-link" });
    expect(readInvitation(link.slice(0, -1), SERVER)).toEqual({ type: "half-link" });
  });

  test("another server's link is told apart", () => {
    expect(readInvitation(link, "https://autre.example")).toEqual({ type: "other-server" });
    expect(readInvitation(link, "http://epaule.example")).toEqual({ type: "other-server" });
  });

  test.each(["", "bonjour", "1234567", "123456789", "https://epaule.example/", "javascript:1"])(
    "%j is neither",
    (text) => {
      expect(readInvitation(text, SERVER)).toEqual({ type: "unreadable" });
    },
  );
});
