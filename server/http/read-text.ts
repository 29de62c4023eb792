import { AppError } from "../../shared/errors.ts";

/** The body as text. Throws `AppError`: TOO_LARGE as soon as it is, BAD_MESSAGE when it is no UTF-8. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const reader = request.body?.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let length = 0;
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      length += part.value.length;
      if (length > maxBytes) throw new AppError("TOO_LARGE", "body: above its limit");
      text += decoder.decode(part.value, { stream: true });
    }
    return text + decoder.decode();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("BAD_MESSAGE", "body: not UTF-8", { cause });
  }
}
