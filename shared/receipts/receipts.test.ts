import { beforeAll, describe, expect, test } from "vitest";

import { type Bytes, utf8 } from "../bytes.ts";
import { canonicalJson } from "../canonical-json.ts";
import { createDeviceKey } from "../crypto/device-key.ts";
import { consentTextFor } from "../grants/consent-text.ts";
import { createSessionId, grantIdSchema } from "../ids.ts";
import { hostSchema } from "../sites.ts";
import {
  createReceiptKey,
  type ReceiptKey,
  receiptKeyOf,
  signBytes,
  verifyBytes,
} from "./receipt-key.ts";
import { type Agreed, buildReceipt, type Operator } from "./receipt.ts";
import { repeatsKey } from "./repeats-key.ts";
import { formatReceiptFile, readReceipt, type SignedReceipt } from "./signed-receipt.ts";
import { verifyReceiptFile } from "./verify-receipt.ts";

const OPERATOR: Operator = {
  name: "Commune d’Exemple",
  contact: "Déléguée à la protection des données",
  address: "1 place de la Mairie, 00000 Exemple",
  email: "dpo@exemple.fr",
  phone: "01 00 00 00 00",
  policyUrl: "https://exemple.fr/vie-privee",
};
const SERVER = "https://epaule.exemple.fr";

let agreed: Agreed;
let made: { key: ReceiptKey; secret: Bytes };
let signed: SignedReceipt;

async function sign(document: unknown): Promise<SignedReceipt> {
  const receipt = canonicalJson(document);
  const signature = await signBytes(made.secret, utf8(receipt));
  return { receipt, key: made.key.kid, signature };
}

beforeAll(async () => {
  const [person, helper] = [await createDeviceKey(), await createDeviceKey()];
  agreed = {
    id: grantIdSchema.parse("A".repeat(43)),
    kind: "SESSION",
    session: createSessionId(),
    beneficiary: person.id,
    helper: helper.id,
    hosts: [hostSchema.parse("impots.example.fr")],
    topics: [],
    capabilities: ["view_masked", "pointer"],
    text: consentTextFor("fr").hash,
    givenAt: "2026-11-29T09:00:00.000Z",
    expiresAt: "2026-11-29T11:00:00.000Z",
  };
  made = await createReceiptKey();
  signed = await sign(
    buildReceipt(agreed, { operator: OPERATOR, serverUrl: SERVER, language: "fr" }),
  );
});

const keys = () => ({ keys: [made.key] });
const faultOf = async (text: string, set = keys()) => {
  const result = await verifyReceiptFile(text, set);
  return "fault" in result ? result.fault : "valid";
};

describe("the document", () => {
  test("[E1] has every field that Kantara 1.1 and TS 27560 demand", () => {
    const receipt = readReceipt(signed);
    expect(receipt).toMatchObject({
      version: "KI-CR-v1.1.0",
      jurisdiction: "FR",
      consentTimestamp: 1_795_942_800,
      collectionMethod: expect.any(String),
      consentReceiptID: agreed.id,
      piiPrincipalId: agreed.beneficiary,
      piiControllers: [{ piiController: OPERATOR.name, piiControllerUrl: SERVER }],
      policyUrl: OPERATOR.policyUrl,
      services: [
        {
          service: "Epaule",
          purposes: [
            {
              consentType: "EXPLICIT",
              purposeCategory: [expect.any(String)],
              piiCategory: expect.arrayContaining(["voice"]),
              termination: agreed.expiresAt,
              thirdPartyDisclosure: true,
              thirdPartyName: `urn:epaule:device:${agreed.helper}`,
            },
          ],
        },
      ],
      sensitive: true,
      spiCat: ["health", "social"],
      language: "fr",
      "@type": "dpv:ConsentReceipt",
      "dct:conformsTo": { "@id": "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr" },
      "dpv:hasConsentStatus": { "@id": "dpv:ConsentGiven" },
      "dpv:hasNotice": { "@id": `urn:epaule:text:${agreed.text}` },
      agreed,
    });
    const process = receipt?.["dpv:hasProcess"];
    for (const field of [
      "hasPurpose",
      "hasPersonalData",
      "hasDataController",
      "hasRecipient",
      "hasStorageCondition",
      "hasLegalBasis",
      "hasJurisdiction",
      "hasRight",
      "hasAuthority",
      "hasConsentControl",
    ])
      expect(process).toHaveProperty(`dpv:${field}`);
  });

  test("[E1] a longer grant, without a session of its own, has a receipt of the same form", () => {
    const { session: _, ...rest } = agreed;
    const longer = { ...rest, kind: "YEAR" as const, topics: ["LOGEMENT"] };
    const from = { operator: OPERATOR, serverUrl: SERVER, language: "en" as const };
    expect(buildReceipt(longer, from).agreed).toEqual(longer);
  });

  test("[E1] a site path or a name has no place in it", () => {
    const from = { operator: OPERATOR, serverUrl: SERVER, language: "fr" as const };
    for (const wrong of [
      { ...agreed, hosts: ["impots.example.fr/compte"] },
      { ...agreed, name: "Marie" },
    ])
      // What is not in the type, as a fault elsewhere would give it.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      expect(() => buildReceipt(wrong as Agreed, from)).toThrow(/Invalid|Unrecognized/);
  });
});

describe("canonical bytes", () => {
  test("[E2] are the same however the keys come, and follow RFC 8785's order", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "é\n" }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"é\\n","d":null}]}',
    );
    expect(canonicalJson({ "€": 1, "\r": 2, "1": 3, ö: 4 })).toBe('{"\\r":2,"1":3,"ö":4,"€":1}');
  });

  test.each([
    ['{"a":1,"a":2}', true],
    ['{"a":{"b":1,"b":1}}', true],
    [String.raw`{"a":1,"\u0061":2}`, true],
    ['{"a":[{"a":1},{"a":2}]}', false],
    [String.raw`{"a":"\"b\": 1, \\", "c" : "x:"}`, false],
  ])("[E3] a key that is written twice is seen: %s", (text, twice) => {
    expect(repeatsKey(text, JSON.parse(text))).toBe(twice);
  });
});

describe("the signature", () => {
  test("[E2] is plain Ed25519: the first vector of RFC 8032 verifies", async () => {
    const x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    const signature =
      "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc-bRr0lv18FlbviRlUUFDjnoQCw";
    expect(await verifyBytes(x, signature, utf8(""))).toBe(true);
    expect(await verifyBytes(x, signature, utf8("x"))).toBe(false);
    // RFC 8037, A.3: the thumbprint of that very key.
    expect((await receiptKeyOf(x)).kid).toBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  });
});

describe("[E3] a file", () => {
  test("as it was issued is valid, laid out in any way", async () => {
    const text = formatReceiptFile(signed);
    expect(await faultOf(text)).toBe("valid");
    const turned = Object.entries(JSON.parse(text)).toReversed();
    expect(await faultOf(JSON.stringify(Object.fromEntries(turned)))).toBe("valid");
  });

  test("with any one leaf altered is not", async () => {
    const text = formatReceiptFile(signed);
    const changed = [
      text.replace("impots.example.fr", "impots.example.com"),
      text.replace("2026-11-29T11:00", "2027-11-29T11:00"),
      text.replace(OPERATOR.name, "Commune d’Ailleurs"),
      text.replace('"sensitive": true', '"sensitive": false'),
      text.replace('"language": "fr"', '"language": "en"'),
    ];
    for (const one of changed) {
      expect(one).not.toBe(text);
      expect(await faultOf(one)).toBe("wrong-signature");
    }
    // A key that a parser may keep and a schema leaves out.
    const hidden = text.replace('"receipt": {', '"receipt": {"__proto__": {"agreed": 1},');
    expect(hidden).not.toBe(text);
    expect(await faultOf(hidden)).toBe("not-a-receipt");
    const more = JSON.parse(text);
    more.receipt.note = "more";
    expect(await faultOf(JSON.stringify(more))).toBe("wrong-signature");
  });

  test("with another signature, cut, or signed by nobody's key is not", async () => {
    const text = formatReceiptFile(signed);
    const { value } = JSON.parse(text).signature;
    const flipped = value.replace(/^./, (first: string) => (first === "A" ? "B" : "A"));
    expect(await faultOf(text.replace(value, flipped))).toBe("wrong-signature");
    expect(await faultOf(text.replace(value, value.slice(4)))).toBe("wrong-signature");
    const other = await createReceiptKey();
    expect(await faultOf(text, { keys: [other.key] })).toBe("unknown-key");
    const disguised = { ...other.key, kid: made.key.kid };
    expect(await faultOf(text, { keys: [disguised] })).toBe("unknown-key");
  });

  test("that ends too soon, says a thing twice or is something else is named as such", async () => {
    const text = formatReceiptFile(signed);
    for (const length of [0, 1, 200, text.length - 3])
      expect(await faultOf(text.slice(0, length))).toBe("not-json");
    const twice = text.replace('"sensitive": true', '"sensitive": false, "sensitive": true');
    expect(await faultOf(twice)).toBe("repeated-key");
    expect(await faultOf("[]")).toBe("not-a-receipt");
    expect(await faultOf(signed.receipt)).toBe("not-a-receipt");
  });

  test("of a format of before or after is not guessed at, even when it is well signed", async () => {
    for (const format of ["epaule-receipt/0", "epaule-receipt/2"]) {
      const old = await sign({ ...JSON.parse(signed.receipt), format });
      expect(await faultOf(formatReceiptFile(old))).toBe("unknown-format");
    }
    const { agreed: _, ...rest } = JSON.parse(signed.receipt);
    expect(await faultOf(formatReceiptFile(await sign(rest)))).toBe("incomplete");
    const torn = { ...JSON.parse(signed.receipt), consentReceiptID: "Q".repeat(42) + "A" };
    expect(await faultOf(formatReceiptFile(await sign(torn)))).toBe("incomplete");
  });
});
