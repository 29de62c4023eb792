import { useEffect, useRef } from "react";

/**
 * The player's frame, on its own origin. It never keeps the keyboard: what a mirrored page focuses
 * (a dialog does) must not take the helper's own typing away.
 */
export function PlayerFrame({
  playerUrl,
  title,
  onLoad,
}: {
  playerUrl: string;
  title: string;
  onLoad: (frame: Window, origin: string) => void;
}) {
  const ref = useRef<HTMLIFrameElement>(null);

  useEffect(() => {
    let last: HTMLElement | undefined;
    const remember = (event: FocusEvent): void => {
      if (event.target instanceof HTMLElement && event.target !== ref.current) last = event.target;
    };
    const giveBack = (): void => {
      setTimeout(() => {
        if (document.activeElement !== ref.current) return;
        ref.current?.blur();
        if (last?.isConnected === true) last.focus({ preventScroll: true });
      }, 0);
    };
    document.addEventListener("focusin", remember);
    window.addEventListener("blur", giveBack);
    return () => {
      document.removeEventListener("focusin", remember);
      window.removeEventListener("blur", giveBack);
    };
  }, []);

  return (
    <iframe
      ref={ref}
      data-epaule="player"
      className="ses-player"
      title={title}
      tabIndex={-1}
      sandbox="allow-scripts allow-same-origin"
      referrerPolicy="no-referrer"
      src={new URL("/player.html", playerUrl).href}
      onLoad={() => {
        const frame = ref.current?.contentWindow;
        if (frame) onLoad(frame, new URL(playerUrl).origin);
      }}
    />
  );
}
