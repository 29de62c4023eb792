import { type ReactNode, useEffect, useState } from "react";

import { Heading, Stack } from "../../../shared/ui/layout.tsx";

/**
 * One scene. Its heading takes the focus when it appears; `said` (and the title, where the focus
 * is in the page) goes to a live region when it changes, so that nothing is read twice.
 */
export function Screen({
  title,
  said = "",
  children,
}: {
  title: string;
  said?: string | undefined;
  children: ReactNode;
}) {
  return (
    <Stack gap="m">
      <Heading level={1} focus>
        {title}
      </Heading>
      <Announcer title={title} said={said} />
      {children}
    </Stack>
  );
}

function Announcer({ title, said }: { title: string; said: string }) {
  const [text, setText] = useState("");
  useEffect(() => {
    setText(document.hasFocus() ? said : `${title}. ${said}`);
  }, [title, said]);
  return (
    <p className="ep-hidden" role="status">
      {text}
    </p>
  );
}
