import { Fragment } from "react";

import type { Host } from "../../../shared/sites.ts";

/** A long address is cut after a dot or a dash. */
export function HostList({ hosts }: { hosts: readonly Host[] }) {
  return (
    <ul className="ep-hosts">
      {hosts.map((host) => (
        <li key={host}>
          {host.split(/(?<=[.-])(?=.*\.)/).map((part, at) => (
            <Fragment key={`${at}${part}`}>
              {part}
              <wbr />
            </Fragment>
          ))}
        </li>
      ))}
    </ul>
  );
}
