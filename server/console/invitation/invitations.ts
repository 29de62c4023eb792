import type { DeviceKey } from "../../../shared/crypto/device-key.ts";
import { createLinkSecret, formatInviteLink } from "../../../shared/crypto/invite-link.ts";
import { assertNever, type ErrorCode } from "../../../shared/errors.ts";
import type { Invitation } from "../../../shared/http-api.ts";
import type { InvitationId } from "../../../shared/ids.ts";
import { createObservable, type Observable } from "../store/observable.ts";
import type { InviteSecret } from "../store/pins.ts";
import type { RecordStore } from "../store/record-store.ts";
import { codeOfError, type ServerApi } from "../store/server-api.ts";

export type OpenInvitation = {
  invitation: InvitationId;
  expiresAt: string;
  /** What only the browser that made it knows. */
  own: { label: string; link: string; code: string } | undefined;
};

type InvitationsState = {
  loaded: boolean;
  open: readonly OpenInvitation[];
  failed: ErrorCode | undefined;
};

type InvitationsAction =
  | { type: "loaded"; open: readonly OpenInvitation[] }
  | { type: "made"; invitation: OpenInvitation }
  | { type: "cancelled"; invitation: InvitationId }
  | { type: "failed"; code: ErrorCode };

const noInvitations: InvitationsState = { loaded: false, open: [], failed: undefined };

function reduceInvitations(state: InvitationsState, action: InvitationsAction): InvitationsState {
  switch (action.type) {
    case "loaded":
      return { loaded: true, open: action.open, failed: undefined };
    case "made":
      return { ...state, open: [action.invitation, ...state.open] };
    case "cancelled":
      return { ...state, open: state.open.filter((i) => i.invitation !== action.invitation) };
    case "failed":
      return { ...state, failed: action.code };
    default:
      return assertNever(action);
  }
}

export interface Invitations extends Observable<InvitationsState> {
  /** Never rejects. */
  refresh(): Promise<void>;
  /** Rejects with `AppError`. */
  create(label: string): Promise<InvitationId>;
  /** Rejects with `AppError`. */
  cancel(invitation: InvitationId): Promise<void>;
}

export function createInvitations({
  api,
  key,
  invites,
  serverUrl,
}: {
  api: ServerApi;
  key: DeviceKey;
  invites: RecordStore<InviteSecret>;
  serverUrl: string;
}): Invitations {
  const state = createObservable(reduceInvitations, noInvitations);

  function toOpen(made: Invitation, invite: InviteSecret | undefined): OpenInvitation {
    const { invitation, expiresAt, code } = made;
    if (!invite || made.device !== key.id) return { invitation, expiresAt, own: undefined };
    const { secret, label } = invite;
    const link = formatInviteLink(serverUrl, { invitation, secret, fingerprint: key.id });
    return { invitation, expiresAt, own: { label, link, code } };
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    async refresh() {
      try {
        const { invitations } = await api("GET /api/invitations", {});
        const secrets = await invites.all();
        const open = invitations.map((made) => toOpen(made, secrets.get(made.invitation)));
        state.dispatch({ type: "loaded", open });
      } catch (error) {
        state.dispatch({ type: "failed", code: codeOfError(error) });
      }
    },
    async create(label) {
      const made = await api("POST /api/invitations", { device: key.id });
      const invite = { secret: createLinkSecret(), label, expiresAt: made.expiresAt };
      await invites.put(made.invitation, invite);
      state.dispatch({ type: "made", invitation: toOpen(made, invite) });
      return made.invitation;
    },
    async cancel(invitation) {
      await api("POST /api/invitations/cancel", { invitation });
      await invites.remove(invitation);
      state.dispatch({ type: "cancelled", invitation });
    },
  };
}
