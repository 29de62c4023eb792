import { type Bus, createCaller } from "./calls.ts";
import { backgroundTable } from "./links.ts";

/** Before a Port is opened to the host: its document may not be there. The Port is tried again until it is. */
export function wakeHost(bus: Bus): void {
  const background = createCaller(bus, "background", backgroundTable);
  background["host.open"](null).catch(() => undefined);
}
