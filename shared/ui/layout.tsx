import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { Icon, Logo } from "./icons.tsx";

type Children = { children?: ReactNode };

/** One page with its landmarks. `header`: what stands opposite the logo. */
export function Page({
  header,
  banner,
  footer,
  wide = false,
  children,
}: Children & {
  header?: ReactNode;
  banner?: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
}) {
  const { t } = useTranslation("ui");
  return (
    <div className={wide ? "ep-page ep-page-wide" : "ep-page"}>
      <a className="ep-skip" href="#main">
        {t("skip")}
      </a>
      <header className="ep-page-header">
        <Logo />
        {header}
      </header>
      {banner}
      <main id="main" className="ep-page-main" tabIndex={-1}>
        {children}
      </main>
      {footer !== undefined && <footer className="ep-page-footer">{footer}</footer>}
    </div>
  );
}

export function Stack({ gap = "m", children }: Children & { gap?: "s" | "m" | "l" }) {
  return <div className={`ep-stack ep-gap-${gap}`}>{children}</div>;
}

export function Row({ children }: Children) {
  return <div className="ep-row">{children}</div>;
}

/** `label`: makes it a named region; give it the heading's own words. */
export function Card({
  label,
  quiet = false,
  children,
}: Children & { label?: string; quiet?: boolean }) {
  const className = quiet ? "ep-card ep-card-quiet" : "ep-card";
  if (label === undefined) return <div className={className}>{children}</div>;
  return (
    <section className={className} aria-label={label}>
      {children}
    </section>
  );
}

/** `focus`: takes the focus when it appears, so that a screen reader says the new screen's title. */
export function Heading({
  level = 2,
  focus = false,
  children,
}: Children & { level?: 1 | 2 | 3; focus?: boolean }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) ref.current?.focus();
  }, [focus]);
  const Tag = `h${level}` as const;
  return (
    <Tag
      ref={ref}
      className={`ep-heading ep-heading-${level}`}
      {...(focus ? { tabIndex: -1 } : {})}
    >
      {children}
    </Tag>
  );
}

export function Text({
  kind = "plain",
  children,
}: Children & { kind?: "plain" | "lead" | "soft" | "small" }) {
  const className = { plain: "", lead: "ep-lead", soft: "ep-soft", small: "ep-soft ep-small" }[
    kind
  ];
  return <p className={className}>{children}</p>;
}

export type NoticeKind = "info" | "success" | "warn" | "error";

/** `live`: said by screen readers when it appears; "assertive" for what must not wait. */
export function Notice({
  kind,
  title,
  live,
  children,
}: Children & { kind: NoticeKind; title?: string; live?: "polite" | "assertive" }) {
  const role = live === "assertive" ? "alert" : live === "polite" ? "status" : undefined;
  return (
    <div className={`ep-notice ep-notice-${kind}`} role={role}>
      <Icon name={kind} />
      <div className="ep-notice-body">
        {title !== undefined && <p className="ep-notice-title">{title}</p>}
        {typeof children === "string" ? <p>{children}</p> : children}
      </div>
    </div>
  );
}

/** What is being waited for, in words. */
export function Spinner({ children }: Children) {
  const { t } = useTranslation("ui");
  return (
    <span className="ep-spinner" role="status">
      <span className="ep-spinner-wheel" aria-hidden="true" />
      <span>{children ?? t("wait")}</span>
    </span>
  );
}
