import { type Host, hostOf } from "../../shared/sites.ts";

/**
 * The first lock ([M1]). It opens on the extension's own copy of the grant, after the beneficiary's
 * gesture, for one tab and exact https hosts. It believes the browser's `sender` and nothing that a
 * message claims, and the server's word can only close it. Whatever is in doubt is refused.
 */
export type Opening = {
  /** A click or key press of the beneficiary on « J'accepte » or « Reprendre », or a stored one. */
  gesture: true;
  tab: number;
  hosts: readonly Host[];
  /** Milliseconds that the grant is good for, from now. */
  remaining: number;
};

export type GateSender = { tab?: number; frame?: number; origin?: string; lifecycle?: string };

export type Gate = ReturnType<typeof createGate>;

/** `now`: a monotonic clock, so that a wrong or changed wall clock changes nothing. */
export function createGate(now: () => number) {
  let opening: { tab: number; hosts: ReadonlySet<Host>; deadline: number } | undefined;
  const inForce = (): boolean => opening !== undefined && now() < opening.deadline;

  return {
    open(next: Opening): void {
      if (!Number.isFinite(next.remaining)) return;
      opening = {
        tab: next.tab,
        hosts: new Set(next.hosts),
        deadline: now() + next.remaining,
      };
    },
    shut(): void {
      opening = undefined;
    },
    /** The server's clock says less: never more. */
    shorten(remaining: number): void {
      if (opening && Number.isFinite(remaining))
        opening = { ...opening, deadline: Math.min(opening.deadline, now() + remaining) };
    },
    inForce,
    remaining: (): number => (opening ? Math.max(0, opening.deadline - now()) : 0),
    get tab(): number | undefined {
      return opening?.tab;
    },
    /** The host that this Port's document is on, or `undefined`: refused. */
    admit(sender: GateSender): Host | undefined {
      if (!opening || !inForce()) return undefined;
      if (sender.tab !== opening.tab || sender.frame === undefined) return undefined;
      if (sender.lifecycle !== undefined && sender.lifecycle !== "active") return undefined;
      const host = sender.origin === undefined ? undefined : hostOf(sender.origin);
      return host !== undefined && opening.hosts.has(host) ? host : undefined;
    },
  };
}
