import { AppError } from "../../shared/errors.ts";

/** A bug shows in the browser's own list of errors. An `AppError` is expected, and was dealt with. */
export function reportFault(error: unknown): void {
  if (!(error instanceof AppError)) globalThis.reportError(error);
}
