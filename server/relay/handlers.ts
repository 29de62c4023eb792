import { AppError } from "../../shared/errors.ts";
import type { AttemptId } from "../../shared/ids.ts";
import { leaveCall } from "../calls/calls.ts";
import type { Outcome } from "../context.ts";
import { openInvitation } from "../invitations/invitations.ts";
import { contestRow } from "../journal/contest-row.ts";
import { readOwnJournal } from "../journal/read-journal.ts";
import { signJournal } from "../journal/sign-journal.ts";
import { endPairing } from "../pairings/end-pairing.ts";
import { listOwnPairings } from "../pairings/list-pairings.ts";
import { redeemInvitation } from "../pairings/make-pairing.ts";
import { pausePairing } from "../pairings/pause-pairing.ts";
import {
  answerAttempt,
  beginAttempt,
  cancelAttempt,
  confirmAttempt,
  revealAttempt,
} from "../pairings/spoken-attempt.ts";
import { unblockHelper } from "../pairings/unblock-helper.ts";
import { readOwnReceipt } from "../receipts/receipts.ts";
import { answerSession, declineSession } from "../sessions/answer-session.ts";
import { findCurrentSession } from "../sessions/current-session.ts";
import { endSession } from "../sessions/end-session.ts";
import { reportFact } from "../sessions/report-fact.ts";
import { requestSession } from "../sessions/request-session.ts";
import { nameTrusted } from "../trust/name-trusted.ts";
import { joinVoice } from "../voice/join-voice.ts";
import type { Call, Handlers } from "./handler.ts";

const said = <T>(reply: T): Outcome<T> => ({ reply, tell: [] });

/** Each request of the protocol, who may make it, and the verb that it stands for. */
export const handlers: Handlers = {
  "invitation.open": {
    from: "beneficiary",
    unpaired: true,
    run: async ({ ctx, device }, message) =>
      said(await openInvitation(ctx, device.id, message.invitation)),
  },
  "pairing.redeem": {
    from: "beneficiary",
    unpaired: true,
    run: ({ ctx, device }, message) => {
      const { id, publicKey } = device;
      return redeemInvitation(ctx, { id, publicKey }, message);
    },
  },
  "pairing.begin": {
    from: "beneficiary",
    unpaired: true,
    run: async ({ ctx, device, address, attempts }, message) => {
      const { code, commitment } = message;
      const { id, publicKey } = device;
      const outcome = await beginAttempt(ctx, { id, publicKey }, { code, commitment, address });
      attempts.add(outcome.reply.attempt);
      return outcome;
    },
  },
  "pairing.list": {
    from: "beneficiary",
    unpaired: true,
    run: async ({ ctx, device }) => said({ pairings: await listOwnPairings(ctx, device.id) }),
  },
  "pairing.pause": {
    from: "beneficiary",
    unpaired: false,
    run: ({ ctx, device }, message) => pausePairing(ctx, device.id, message),
  },
  "pairing.unblock": {
    from: "beneficiary",
    unpaired: false,
    run: async ({ ctx, device }, message) => {
      await unblockHelper(ctx, device.id, message.helper);
      return said({});
    },
  },
  "trust.name": {
    from: "beneficiary",
    unpaired: false,
    run: ({ ctx, device }, message) => nameTrusted(ctx, device.id, message.pairing),
  },
  "pairing.answer": {
    from: "helper",
    unpaired: false,
    run: async ({ ctx, device, attempts }, message) => {
      const outcome = await answerAttempt(ctx, device.id, message);
      attempts.add(message.attempt);
      return outcome;
    },
  },
  "pairing.reveal": {
    from: "either",
    unpaired: true,
    run: ({ ctx, device, attempts }, message) => {
      assertTakesPart(attempts, message.attempt);
      return revealAttempt(ctx, device, message);
    },
  },
  "pairing.confirm": {
    from: "either",
    unpaired: true,
    run: ({ ctx, device, attempts }, message) => {
      assertTakesPart(attempts, message.attempt);
      return confirmAttempt(ctx, device, message.attempt);
    },
  },
  "pairing.cancel": {
    from: "either",
    unpaired: true,
    run: ({ ctx, device }, message) => cancelAttempt(ctx, device, message.attempt),
  },
  "pairing.end": {
    from: "either",
    unpaired: true,
    run: ({ ctx, device }, message) => endPairing(ctx, device, message),
  },
  "session.nonce": {
    from: "beneficiary",
    unpaired: false,
    run: async ({ nonces }) => said({ nonce: nonces.give() }),
  },
  "session.request": {
    from: "beneficiary",
    unpaired: false,
    run: ({ ctx, device, nonces }, message) => {
      const { id, publicKey } = device;
      return requestSession(
        ctx,
        { id, publicKey, takeNonce: (nonce) => nonces.take(nonce) },
        message,
      );
    },
  },
  "receipt.read": {
    from: "beneficiary",
    unpaired: false,
    run: async ({ ctx, device }, message) =>
      said(await readOwnReceipt(ctx, device.id, message.grant)),
  },
  "call.leave": {
    from: "beneficiary",
    unpaired: false,
    run: async ({ ctx, device }, message) => {
      await leaveCall(ctx, device.id, message.pairing);
      return said({});
    },
  },
  "session.report": {
    from: "beneficiary",
    unpaired: false,
    run: async ({ ctx, device }, message) => {
      await reportFact(ctx, device.id, message);
      return said({});
    },
  },
  "journal.read": {
    from: "beneficiary",
    unpaired: true,
    run: async ({ ctx, device }, message) =>
      said(await readOwnJournal(ctx, device.id, message.after)),
  },
  "journal.sign": {
    from: "beneficiary",
    unpaired: false,
    run: async ({ ctx, device }, message) => {
      await signJournal(ctx, device, message.head);
      return said({});
    },
  },
  "journal.contest": {
    from: "beneficiary",
    unpaired: false,
    run: async ({ ctx, device }, message) => {
      await contestRow(ctx, device.id, message.row);
      return said({});
    },
  },
  "session.answer": {
    from: "helper",
    unpaired: false,
    run: ({ ctx, device, connection }, message) =>
      answerSession(ctx, { id: device.id, connection }, message.session),
  },
  "session.decline": {
    from: "helper",
    unpaired: false,
    run: ({ ctx, device, connection }, message) =>
      declineSession(ctx, { id: device.id, connection }, message.session),
  },
  "session.current": {
    from: "either",
    unpaired: true,
    run: async ({ ctx, device }) => said(await findCurrentSession(ctx, device.id, device.end)),
  },
  "relay.join": {
    from: "either",
    unpaired: false,
    run: async ({ join }, message) => said(await join(message.session)),
  },
  "voice.join": {
    from: "either",
    unpaired: false,
    aside: true,
    run: async ({ ctx, device }, message) => said(await joinVoice(ctx, device, message.session)),
  },
  "session.end": {
    from: "either",
    unpaired: false,
    run: ({ ctx, device }, message) => endSession(ctx, device, message),
  },
};

/** [P4] An attempt lives on the two sockets that carry it. */
function assertTakesPart(attempts: Call["attempts"], attempt: AttemptId): void {
  if (!attempts.has(attempt)) throw new AppError("NOT_FOUND", "attempt: not on this socket");
}
