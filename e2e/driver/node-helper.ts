import { WebSocket } from "ws";
import { z } from "zod";

import type { Clock } from "../../shared/client/clock.ts";
import { createLink, type Incoming, type Link } from "../../shared/client/link.ts";
import { createServerSocket, type ServerSocket } from "../../shared/client/server-socket.ts";
import type { WebSocketLike } from "../../shared/client/socket/web-socket.ts";
import { createLinkSecret, formatInviteLink } from "../../shared/crypto/invite-link.ts";
import { openStatement } from "../../shared/crypto/signed-statement.ts";
import { helperPairingSchema, invitationSchema } from "../../shared/http-api.ts";
import type { CurrentSession } from "../../shared/protocol/control.ts";
import { signUpRaw } from "./raw-account.ts";
import type { World } from "./world.ts";

const clock: Clock = {
  now: () => performance.now(),
  setTimeout: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export interface NodeHelper {
  socket: ServerSocket;
  /** Made by this helper's device, as the console would. */
  invite(): Promise<string>;
  /** The next call that rings here. */
  ring(): Promise<CurrentSession>;
  /** Answers and opens the sealed link; everything that arrives on it, in clear, ends up in `messages`. */
  answer(call: CurrentSession): Promise<Link<"helper">>;
  messages: Incoming<"helper">[];
  close(): void;
}

/** The helper's end without a browser: what arrives on the link can be looked at whole. */
export async function createNodeHelper(world: World): Promise<NodeHelper> {
  const account = await signUpRaw(world);
  const { key } = account;
  const openSocket = (url: string): WebSocketLike =>
    new WebSocket(url, { headers: account.headers });
  const socket = createServerSocket({
    serverUrl: world.serverUrl,
    role: "helper",
    key,
    openSocket,
    clock,
    random: Math.random,
  });
  const rings: CurrentSession[] = [];
  const messages: Incoming<"helper">[] = [];
  const links: Link<"helper">[] = [];
  socket.listen((event) => {
    if (event.type === "message" && event.message.type === "ring") rings.push(event.message.call);
  });

  async function keyOf(pairing: string): Promise<string> {
    const { pairings } = z
      .object({ pairings: z.array(helperPairingSchema) })
      .parse(await account.call("GET /api/pairings"));
    const found = pairings.find((one) => one.pairing === pairing);
    if (!found) throw new Error("a call from nobody");
    return found.beneficiary.key;
  }

  return {
    socket,
    messages,
    invite: async () => {
      const made = await account.call("POST /api/invitations", { device: key.id });
      const { invitation } = invitationSchema.parse(made);
      const secret = createLinkSecret();
      return formatInviteLink(world.serverUrl, { invitation, secret, fingerprint: key.id });
    },
    ring: async () => {
      for (;;) {
        const call = rings.shift();
        if (call) return call;
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
      }
    },
    answer: async (call) => {
      const publicKey = await keyOf(call.pairing);
      const { statement, grant } = await openStatement(call.grant, publicKey);
      await socket.request("session.answer", { session: call.session });
      const peer = { id: statement.beneficiary, publicKey };
      const link = createLink({
        end: "helper",
        socket,
        session: call.session,
        grant,
        key,
        peer,
        clock,
      });
      link.listen((event) => {
        if (event.type === "message") messages.push(event.message);
      });
      links.push(link);
      link.start();
      return link;
    },
    close: () => {
      for (const link of links) link.close();
      socket.close();
    },
  };
}
