import type { ReactNode } from "react";

const SHAPES = {
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5.5M12 7.6v.1" />
    </>
  ),
  success: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="m8 12.3 2.8 2.7L16 9.5" />
    </>
  ),
  warn: <path d="M12 4 2.8 19.5h18.4L12 4Zm0 6v4.4m0 2.6v.1" />,
  error: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v6m0 3.4v.1" />
    </>
  ),
  phone: (
    <path d="M6.5 3.5h3l1.6 4.2-2 1.6a12 12 0 0 0 5.6 5.6l1.6-2 4.2 1.6v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2Z" />
  ),
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11" height="12" rx="2" />
      <path d="M15.5 5.5a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2" />
    </>
  ),
  print: (
    <>
      <path d="M7 8.5v-5h10v5M7 16.5H4.5v-8h15v8H17" />
      <path d="M7 13.5h10v7H7Z" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6" />
    </>
  ),
  key: (
    <>
      <circle cx="8" cy="15" r="4.2" />
      <path d="m11 12 8.5-8.5M15.5 7.5l3 3" />
    </>
  ),
  mail: (
    <>
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <path d="m3.5 7 8.5 6.5L20.5 7" />
    </>
  ),
  highlight: <path d="M5 3.5v14l3.8-3.4 2.6 6.2 2.7-1.1-2.6-6.1 5.2-.2L5 3.5Z" />,
  pointer: (
    <>
      <circle cx="12" cy="12" r="3" />
      <path d="M12 3v3.5M12 17.5V21M3 12h3.5M17.5 12H21" />
    </>
  ),
  draw: (
    <path d="M4 20c3.5.6 5-.6 5.6-2.6L19.5 7.2a2 2 0 0 0-2.8-2.8L6.6 14.4C4.6 15 4.6 17.5 4 20Z" />
  ),
  clear: (
    <path d="M4.5 12.5 12 5l6.5 6.5-7 7H8l-3.5-3.5a1.8 1.8 0 0 1 0-2.5ZM8.5 8.5l7 7M12 20.5h8" />
  ),
  pause: <path d="M8.5 5v14M15.5 5v14" />,
  stop: <rect x="6" y="6" width="12" height="12" rx="1.5" />,
  leave: (
    <path d="M13 4.5H6.5a1.5 1.5 0 0 0-1.5 1.5v12a1.5 1.5 0 0 0 1.5 1.5H13M10 12h10m-3.5-3.5L20 12l-3.5 3.5" />
  ),
  resume: <path d="M8 5.2v13.6L18.8 12 8 5.2Z" />,
  add: <path d="M12 5v14M5 12h14" />,
  sees: (
    <>
      <path d="M2.5 12C4.7 7.8 8 5.6 12 5.6s7.3 2.2 9.5 6.4c-2.2 4.2-5.5 6.4-9.5 6.4S4.7 16.2 2.5 12Z" />
      <circle cx="12" cy="12" r="2.8" />
    </>
  ),
  hidden: (
    <path d="M4 4l16 16M9.4 6c.8-.3 1.7-.4 2.6-.4 4 0 7.3 2.2 9.5 6.4-.7 1.4-1.6 2.6-2.6 3.5M6 8.1A13 13 0 0 0 2.5 12c2.2 4.2 5.5 6.4 9.5 6.4 1.5 0 2.9-.3 4.1-.9" />
  ),
  next: <path d="m9 5 7 7-7 7" />,
  previous: <path d="m15 5-7 7 7 7" />,
  voice: (
    <>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
    </>
  ),
  silence: (
    <path d="M15 8V6a3 3 0 0 0-5.8-1M9 9.5V11a3 3 0 0 0 4.6 2.5M5.5 11.5a6.5 6.5 0 0 0 10.3 5.3M18.5 11.5a6.5 6.5 0 0 1-.6 2.7M12 18v3M4 4l16 16" />
  ),
  bell: <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5Zm4 4h4" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** Always beside its words: hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}

/** Two figures, one at the other's shoulder. */
export function LogoMark() {
  return (
    <svg className="ep-logo-mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
      <rect width="40" height="40" rx="12" fill="currentColor" />
      <g fill="none" stroke="var(--accent-ink)" strokeWidth="3.2" strokeLinecap="round">
        <circle cx="14.5" cy="15.5" r="3.9" />
        <path d="M7 31c.4-5 3-8 7.5-8 3.4 0 5.8 1.7 6.9 4.8" />
        <circle cx="26" cy="11" r="3.9" />
        <path d="M18.6 20.6c1.6-2 4-3.1 7-2.9 4.9.3 7.4 4.2 7.8 13.3" />
      </g>
    </svg>
  );
}

export function Logo() {
  return (
    <span className="ep-logo">
      <LogoMark />
      Epaule
    </span>
  );
}
