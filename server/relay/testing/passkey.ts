import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** An authenticator in software, as a person's telephone or key would be: it makes and uses one passkey. */
export interface Passkey {
  /** The body of the library's verify-registration. */
  register(challenge: string): object;
  /** The body of its verify-authentication. */
  use(challenge: string): object;
}

const PRESENT_AND_VERIFIED = 0x05;
const WITH_CREDENTIAL = 0x40;

export function createPasskey(origin: string): Passkey {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(16);
  const rpIdHash = createHash("sha256").update(new URL(origin).hostname).digest();

  function clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  function credential(response: Record<string, unknown>): object {
    const name = id.toString("base64url");
    return { id: name, rawId: name, type: "public-key", response, clientExtensionResults: {} };
  }

  return {
    register(challenge) {
      // CBOR by hand: { 1: 2, 3: -7, -1: 1, -2: x, -3: y }
      const cose = Buffer.concat([
        Buffer.from("a5010203262001215820", "hex"),
        Buffer.from(x, "base64url"),
        Buffer.from("225820", "hex"),
        Buffer.from(y, "base64url"),
      ]);
      const authData = Buffer.concat([
        rpIdHash,
        Buffer.from([PRESENT_AND_VERIFIED | WITH_CREDENTIAL, 0, 0, 0, 0]),
        Buffer.alloc(16),
        Buffer.from([0, id.length]),
        id,
        cose,
      ]);
      // { "fmt": "none", "attStmt": {}, "authData": bytes }
      const attestationObject = Buffer.concat([
        Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex"),
        Buffer.from([authData.length]),
        authData,
      ]);
      const response = {
        clientDataJSON: clientData("webauthn.create", challenge).toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal"],
      };
      return { response: credential(response), createSession: true };
    },
    use(challenge) {
      const data = clientData("webauthn.get", challenge);
      const authData = Buffer.concat([rpIdHash, Buffer.from([PRESENT_AND_VERIFIED, 0, 0, 0, 0])]);
      const signed = Buffer.concat([authData, createHash("sha256").update(data).digest()]);
      const response = {
        clientDataJSON: data.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: sign("sha256", signed, privateKey).toString("base64url"),
      };
      return { response: credential(response) };
    },
  };
}
