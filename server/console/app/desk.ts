import type { Clock } from "../../../shared/client/clock.ts";
import {
  createServerSocket,
  type ServerSocket,
  type WebSocketLike,
} from "../../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../../shared/crypto/device-key.ts";
import { signRegistration } from "../../../shared/crypto/proof.ts";
import type { Account } from "../../../shared/http-api.ts";
import { type Calls, createCalls, type TabMemory } from "../calls/calls.ts";
import { createMissedCalls, type MissedCalls } from "../calls/missed/missed-calls.ts";
import { createMailAddress, type MailAddress, type MailProof } from "../home/mail/mail-address.ts";
import { createInvitations, type Invitations } from "../invitation/invitations.ts";
import { createSpokenPairing, type SpokenPairing } from "../invitation/spoken/spoken-pairing.ts";
import { type Circle, createCircle } from "../people/circle.ts";
import { loadDeviceKey } from "../store/device-store.ts";
import type { KeyValue } from "../store/key-value.ts";
import { openInviteSecrets, openPins } from "../store/pins.ts";
import type { ServerApi } from "../store/server-api.ts";
import { createTrustNotices, type TrustNotices } from "../trust/trust-notices.ts";
import type { Config } from "./app-state.ts";
import { type ConnectionWatch, watchConnection } from "./connection.ts";
import { createSignInCheck } from "./sign-in-check.ts";

/** What the page can do, handed in so that nothing here reaches for a global. */
export interface Surroundings {
  serverUrl: string;
  openSocket: (url: string) => WebSocketLike;
  clock: Clock;
  wallClock: () => number;
  random: () => number;
  isHidden: () => boolean;
  tab: TabMemory;
  /** The network is back, or the page is looked at again. */
  onWake: (wake: () => void) => () => void;
}

/** All that a signed-in helper works with. */
export interface Desk {
  account: Account;
  config: Config;
  key: DeviceKey;
  socket: ServerSocket;
  connection: ConnectionWatch;
  circle: Circle;
  invitations: Invitations;
  spoken: SpokenPairing;
  calls: Calls;
  missed: MissedCalls;
  notices: TrustNotices;
  mail: MailAddress;
  close(): void;
}

/** Rejects with `AppError` when the server refuses the device, with anything else when the key cannot be kept. */
export async function openDesk({
  account,
  config,
  api,
  keyValue,
  around,
  proof,
  onSignedOut,
}: {
  account: Account;
  config: Config;
  api: ServerApi;
  keyValue: KeyValue;
  around: Surroundings;
  proof: MailProof | undefined;
  onSignedOut: () => void;
}): Promise<Desk> {
  const { serverUrl, clock } = around;
  const key = await loadDeviceKey(keyValue, account.id);
  const origin = new URL(serverUrl).origin;
  const signature = await signRegistration(key, { origin, account: account.id });
  await api("POST /api/devices", { key: key.publicKey, signature });

  const pins = openPins(keyValue, account.id);
  const invites = openInviteSecrets(keyValue, account.id);
  const { openSocket, random } = around;
  const socket = createServerSocket({ serverUrl, role: "helper", key, openSocket, clock, random });
  const circle = createCircle({ api, key, pins, invites, wallClock: around.wallClock });
  const invitations = createInvitations({ api, key, invites, serverUrl });
  const missed = createMissedCalls(api);
  const notices = createTrustNotices(api);
  const mail = createMailAddress({ api, account, proof });
  const refresh = () => void circle.refresh().then(() => invitations.refresh());
  const spoken = createSpokenPairing({
    socket,
    key,
    invites,
    clock,
    isHidden: around.isHidden,
    onMade: refresh,
  });
  const calls = createCalls({
    socket,
    key,
    circle,
    tab: around.tab,
    onMissed: () => void missed.refresh(),
  });
  const connection = watchConnection(
    socket,
    () => calls.get().live !== undefined,
    () => signInCheck.begin(),
  );
  const signInCheck = createSignInCheck({
    api,
    clock,
    isOffline: () => connection.get() === "offline",
    onSignedOut,
  });

  const unlisten = socket.listen((event) => {
    if (event.type === "online") {
      refresh();
      void missed.refresh();
      void notices.refresh();
    } else if (event.type === "message") {
      const { type } = event.message;
      if (type === "pairing.changed" || type === "pairing.failed") refresh();
      if (type === "trust.told") void notices.refresh();
    }
  });
  const stopFollowing = calls.subscribe(() => connection.afterSession());
  const stopWaking = around.onWake(() => {
    if (socket.state !== "closed") socket.reconnect();
    // Its link may have been opened in another tab.
    void mail.refresh();
  });

  return {
    account,
    config,
    key,
    socket,
    connection,
    circle,
    invitations,
    spoken,
    calls,
    missed,
    notices,
    mail,
    close() {
      for (const stop of [unlisten, stopFollowing, stopWaking]) stop();
      signInCheck.stop();
      connection.stop();
      calls.stop();
      spoken.stop();
      socket.close();
    },
  };
}
