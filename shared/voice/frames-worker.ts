// oxlint-disable-next-line import/no-unassigned-import -- it is a program, and not a library
import "livekit-client/e2ee-worker";
import { type FramesScope, holdToSeal } from "./sealed-only.ts";

// The DOM's types know this scope as a window; LiveKit has just put its two handlers there.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
holdToSeal(self as unknown as FramesScope);
