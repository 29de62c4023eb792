/**
 * The only words between the probe (the page's world) and the recorder (its own world): events
 * without any content. A hint means "look again at this node"; the page may forge one, and then
 * we look again, at what is really there.
 */
export const HINT = "epaule-look";
export const PROBE_ON = "epaule-probe-on";
export const PROBE_OFF = "epaule-probe-off";
