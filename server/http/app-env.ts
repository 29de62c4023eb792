import type { Http2Bindings, HttpBindings } from "@hono/node-server";

/** What Hono carries with a request. */
export interface AppEnv {
  Bindings: HttpBindings | Http2Bindings;
  Variables: {
    /** Random, in the answer and in the log: how a person and we speak of the same request. */
    request: string;
    /** Where the request comes from, for limits; never logged. */
    address: string;
    /** The helper's account that is signed in; set by `signedIn`. */
    account: string;
  };
}
