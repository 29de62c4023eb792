import type { Host } from "../../../shared/sites.ts";

export function HostList({ hosts }: { hosts: readonly Host[] }) {
  return (
    <ul className="ep-hosts">
      {hosts.map((host) => (
        <li key={host}>{host}</li>
      ))}
    </ul>
  );
}
