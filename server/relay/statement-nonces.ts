import { createNonce } from "../../shared/ids.ts";
import { STATEMENT_NONCE_MS } from "../../shared/protocol/limits.ts";
import type { Clock } from "../clock.ts";

/** More than anybody needs at once; above it the oldest goes. */
const MAX_NONCES = 64;

/** [G4] What one socket gives for statements: each is good once, for two minutes, on this socket. */
export function createStatementNonces(clock: Clock) {
  const given = new Map<string, number>();
  return {
    give(): string {
      const [oldest] = given.keys();
      if (oldest !== undefined && given.size >= MAX_NONCES) given.delete(oldest);
      const nonce = createNonce();
      given.set(nonce, clock.now().getTime());
      return nonce;
    },
    take(nonce: string): boolean {
      const at = given.get(nonce);
      given.delete(nonce);
      return at !== undefined && clock.now().getTime() - at <= STATEMENT_NONCE_MS;
    },
  };
}
