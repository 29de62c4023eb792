import { z } from "zod";

import { contentHashSchema, deviceIdSchema, grantIdSchema, sessionIdSchema } from "../ids.ts";
import { hostSchema } from "../sites.ts";

/** Another form of a receipt gets another name: a verifier never guesses. */
export const RECEIPT_FORMAT = "epaule-receipt/1";

const text = z.string().min(1).max(300);

/** Who answers for the server. What they did not say is said to be missing. */
export type Operator = {
  name: string;
  contact: string;
  address: string;
  email: string;
  phone: string;
  policyUrl: string;
};

/**
 * [E1] What was agreed to: names by key and by hash only, hosts and nothing below them. The longer
 * kinds have receipts of the same form.
 */
const agreedSchema = z.strictObject({
  /** SHA-256 of the signed statement: it names the grant, and the receipt. */
  id: grantIdSchema,
  kind: z.enum(["SESSION", "DAY", "MONTH", "SEMESTER", "YEAR"]),
  session: sessionIdSchema.optional(),
  beneficiary: deviceIdSchema,
  helper: deviceIdSchema,
  hosts: z.array(hostSchema).min(1),
  topics: z.array(z.string().max(64)),
  capabilities: z.array(z.string().max(64)).min(1),
  /** The text that was on the screen, by hash (`shared/grants/consent-text.ts`). */
  text: contentHashSchema,
  givenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type Agreed = z.infer<typeof agreedSchema>;

/** What is read of a receipt. The rest says the same in the words of the two standards. */
export const receiptSchema = z.looseObject({
  format: z.literal(RECEIPT_FORMAT),
  version: z.literal("KI-CR-v1.1.0"),
  consentReceiptID: grantIdSchema,
  language: z.enum(["fr", "en"]),
  piiControllers: z.tuple([
    z.looseObject({
      piiController: text,
      contact: text,
      address: text,
      email: text,
      phone: text,
      piiControllerUrl: z.url(),
    }),
  ]),
  policyUrl: text,
  agreed: agreedSchema,
});
export type Receipt = z.infer<typeof receiptSchema>;

const CONTEXT = {
  dct: "http://purl.org/dc/terms/",
  dpv: "https://w3id.org/dpv#",
  "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
  loc: "https://w3id.org/dpv/loc#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};
const PURPOSE = "To be guided, live, on a web page that the person chose to show";
/** No site is classed yet, and a page may show anything: the cautious word is said of all. */
const SENSITIVE = ["health", "social"];
const COLLECTION = "in-extension gesture, signed by the person's device key";

const is = (id: string) => ({ "@id": id });
const device = (id: string) => `urn:epaule:device:${id}`;
const instant = (at: string) => ({ "@type": "xsd:dateTime", "@value": at });

/**
 * One document, two views: the fields of the Kantara consent receipt 1.1 by their own names, and
 * ISO/IEC TS 27560 in the terms of the Data Privacy Vocabulary (JSON-LD).
 */
export function buildReceipt(
  agreed: Agreed,
  from: { operator: Operator; serverUrl: string; language: "fr" | "en" },
): Receipt {
  const { operator, serverUrl, language } = from;
  return receiptSchema.parse({
    format: RECEIPT_FORMAT,
    agreed: agreedSchema.parse(agreed),
    ...kantaraFields(agreed, operator, serverUrl),
    language,
    "@context": CONTEXT,
    "@id": `urn:epaule:receipt:${agreed.id}`,
    "@type": "dpv:ConsentReceipt",
    ...headerFields(agreed, language),
    "dpv:hasProcess": processFields(agreed, operator, serverUrl),
  });
}

function kantaraFields(agreed: Agreed, operator: Operator, serverUrl: string) {
  const { name, contact, address, email, phone, policyUrl } = operator;
  return {
    version: "KI-CR-v1.1.0",
    jurisdiction: "FR",
    consentTimestamp: Math.floor(Date.parse(agreed.givenAt) / 1000),
    collectionMethod: COLLECTION,
    consentReceiptID: agreed.id,
    piiPrincipalId: agreed.beneficiary,
    piiControllers: [
      { piiController: name, contact, address, email, phone, piiControllerUrl: serverUrl },
    ],
    policyUrl,
    services: [
      {
        service: "Epaule",
        purposes: [
          {
            purpose: PURPOSE,
            purposeCategory: ["Core Function"],
            consentType: "EXPLICIT",
            piiCategory: ["what the page shows, masked", "voice", "messages", "hosts visited"],
            primaryPurpose: true,
            termination: agreed.expiresAt,
            thirdPartyDisclosure: true,
            thirdPartyName: device(agreed.helper),
          },
        ],
      },
    ],
    sensitive: true,
    spiCat: SENSITIVE,
  };
}

function headerFields(agreed: Agreed, language: "fr" | "en") {
  return {
    "dct:conformsTo": is("https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"),
    "dct:issued": instant(agreed.givenAt),
    "dpv:hasIdentifier": agreed.id,
    "dpv:hasDataSubject": { "@id": device(agreed.beneficiary), "@type": "dpv:DataSubject" },
    "dpv:hasNotice": {
      "@id": `urn:epaule:text:${agreed.text}`,
      "@type": "dpv:ConsentNotice",
      "dct:language": language,
    },
    "dpv:hasConsentStatus": is("dpv:ConsentGiven"),
    "dct:hasPart": {
      "@type": ["dpv:ConsentGiven", "dpv:ExplicitlyExpressedConsent"],
      "dct:date": instant(agreed.givenAt),
      "dpv:hasDuration": {
        "@type": "dpv:UntilTimeDuration",
        "dct:valid": instant(agreed.expiresAt),
      },
      "dpv:hasEntity": is(device(agreed.beneficiary)),
      "dpv:hasIndicationMethod": COLLECTION,
    },
  };
}

function processFields(agreed: Agreed, operator: Operator, serverUrl: string) {
  return {
    "@type": "dpv:Process",
    "dpv:hasPurpose": { "@type": "dpv:Purpose", "dct:title": PURPOSE },
    "dpv:hasProcessing": [is("dpv:Collect"), is("dpv:MakeAvailable")],
    "dpv:hasPersonalData": [
      { "@type": "dpv:PersonalData", "dct:title": "what the page shows, masked" },
      { "@type": "dpv:SensitivePersonalData", "dct:title": "what the page may tell of health" },
    ],
    "dct:coverage": agreed.hosts,
    "dpv:hasDataController": {
      "@id": serverUrl,
      "@type": "dpv:DataController",
      "dpv:hasName": operator.name,
      "dpv:hasAddress": operator.address,
      "dpv:hasContact": [operator.contact, operator.email, operator.phone],
    },
    "dpv:hasRecipient": {
      "@id": device(agreed.helper),
      "@type": ["dpv:Recipient", "dpv:ThirdParty"],
      "dct:description": "the one person whom the data subject chose to be helped by",
    },
    "dpv:hasStorageCondition": {
      "@type": "dpv:StorageCondition",
      "dpv:hasLocation": serverUrl,
      "dct:description":
        "What the page shows, what is said and what is written are not stored. This consent and the journal of it are, at the controller's, for as long as its notice says.",
    },
    "dpv:hasLegalBasis": [is("eu-gdpr:A6-1-a"), is("eu-gdpr:A9-2-a")],
    "dpv:hasJurisdiction": is("loc:FR"),
    "dpv:hasAuthority": {
      "@id": "https://www.cnil.fr/",
      "@type": "dpv:DataProtectionAuthority",
      "dpv:hasName": "CNIL",
    },
    "dpv:hasRight": ["A7-3", "A15", "A16", "A17", "A20", "A77"].map((right) =>
      is(`eu-gdpr:${right}`),
    ),
    "dpv:hasConsentControl": {
      "@id": "dpv:WithdrawConsent",
      "dct:description":
        "“Stop”, in the extension's panel or in the banner on the page, at any time and without a reason; or the address on the printed receipt, when the computer is lost.",
    },
  };
}
