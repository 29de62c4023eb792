import { useEffect, useRef, useState } from "react";

import type { ServerSocket } from "../../../shared/client/server-socket.ts";
import type { DeviceKey } from "../../../shared/crypto/device-key.ts";
import type { EndReason } from "../../../shared/protocol/control.ts";
import { Button, Toggle } from "../../../shared/ui/button.tsx";
import { ConfirmDialog } from "../../../shared/ui/dialog.tsx";
import { LogoMark } from "../../../shared/ui/icons.tsx";
import { Notice } from "../../../shared/ui/layout.tsx";
import type { VerifiedCall } from "../calls/verified-call.ts";
import type { Described } from "../player/port.ts";
import { browserClock } from "../store/browser-clock.ts";
import { useObservable } from "../store/observable.ts";
import { TalkToggles } from "../talk/talk-side.tsx";
import { TextsPanel } from "../talk/texts-panel.tsx";
import { VoiceBar } from "../talk/voice-bar.tsx";
import { VoicePanel } from "../talk/voice-panel.tsx";
import { ElementList } from "./element-list.tsx";
import { GuideText, isGuideText } from "./guide-text.tsx";
import { createLiveSession, type LiveSession } from "./live-session.ts";
import { PlayerFrame } from "./player-frame.tsx";
import { PlayerStage } from "./player-stage.tsx";
import { canGuide, type SessionState, situationOf } from "./session-state.ts";
import { Toolbar } from "./toolbar.tsx";
import { useSessionWords } from "./words.ts";

export type SessionScreenProps = {
  call: VerifiedCall;
  socket: ServerSocket;
  /** This browser's key (React keeps the name `key` for itself). */
  device: DeviceKey;
  config: { playerUrl: string };
  onOver: (reason: EndReason | "closed") => void;
};

/** One at a time beside the picture. */
type Side = "list" | "voice" | "texts" | undefined;

/** One live session, from the answer to its end. */
export function SessionScreen({ call, socket, device, config, onOver }: SessionScreenProps) {
  const [live, setLive] = useState<LiveSession>();
  const over = useRef(onOver);
  over.current = onOver;

  useEffect(() => {
    const made = createLiveSession({
      call,
      socket,
      key: device,
      clock: browserClock,
      onOver: (reason) => over.current(reason),
    });
    setLive(made);
    return () => made.stop();
  }, [call, socket, device]);

  return live ? <LiveScreen live={live} label={call.label} playerUrl={config.playerUrl} /> : null;
}

function LiveScreen({
  live,
  label,
  playerUrl,
}: {
  live: LiveSession;
  label: string;
  playerUrl: string;
}) {
  const { t, language } = useSessionWords();
  const state = useObservable(live.state);
  const [text, setText] = useState("");
  const [side, setSide] = useState<Side>();
  const [isLeaving, setLeaving] = useState(false);
  const { highlight } = state;
  const heading = useRef<HTMLHeadingElement>(null);

  // The button that led here is gone: a screen reader begins again at the title.
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => live.setLanguage(language), [live, language]);
  useEffect(() => live.setText(isGuideText(text) ? text.trim() : ""), [live, text]);
  // Words belong to one highlight: the next one begins without.
  const guide = highlight?.guide;
  useEffect(() => setText(""), [guide]);

  useEffect(() => {
    const title = document.title;
    document.title = t("title", { label });
    return () => {
      document.title = title;
    };
  }, [t, label]);

  const preview = (element: Described | undefined): void =>
    live.tell({ type: "show", at: element ?? null });
  const isListOpen = side === "list";
  const closeSide = (): void => setSide(undefined);
  const openList = (): void => {
    if (!isListOpen) live.tell({ type: "list" });
    setSide(isListOpen ? undefined : "list");
  };

  return (
    <div className="ses">
      <header className="ses-bar">
        <div className="ses-who">
          <LogoMark />
          <div>
            <h1 className="ses-title" ref={heading} tabIndex={-1}>
              {t("title", { label })}
            </h1>
            <p className="ses-site">
              {state.host === undefined ? "" : t("site", { host: state.host })}
            </p>
          </div>
        </div>
        <Toolbar
          mode={state.mode}
          onMode={live.setMode}
          onClear={live.clear}
          onList={openList}
          isListOpen={isListOpen}
        />
        <div className="ses-end">
          <Toggle
            isSelected={state.scale === "actual"}
            onChange={(actual) => live.setScale(actual ? "actual" : "fit")}
          >
            {t("tools.actual")}
          </Toggle>
          <Button variant="danger" icon="leave" onPress={() => setLeaving(true)}>
            {t("tools.leave")}
          </Button>
        </div>
      </header>
      <main className="ses-main" id="main" aria-label={t("title", { label })}>
        <PlayerStage
          name={t("scrolls", { label })}
          scrolls={state.scale === "actual"}
          onScroll={(step) => live.tell({ type: "scroll", ...step })}
        >
          <PlayerFrame
            playerUrl={playerUrl}
            title={t("mirror", { label })}
            onLoad={live.attachPlayer}
          />
          <Veil state={state} label={label} />
        </PlayerStage>
        {isListOpen && (
          <ElementList
            elements={state.elements ?? []}
            onPreview={preview}
            onShow={(element) => live.highlight(element, isGuideText(text) ? text.trim() : "")}
            onRefresh={() => live.tell({ type: "list" })}
            onClose={closeSide}
          />
        )}
        {side === "voice" && <VoicePanel talk={live.talk} label={label} onClose={closeSide} />}
        {side === "texts" && <TextsPanel talk={live.talk} label={label} onClose={closeSide} />}
      </main>
      <footer className="ses-foot">
        <VoiceBar talk={live.talk} label={label}>
          <TalkToggles
            talk={live.talk}
            label={label}
            open={side === "list" ? undefined : side}
            onOpen={setSide}
          />
        </VoiceBar>
        <StatusLine state={state} label={label} />
        <GuideText
          text={text}
          onText={setText}
          onSend={
            highlight && canGuide(state)
              ? () => live.highlight(highlight.element, text.trim())
              : undefined
          }
        />
      </footer>
      <ConfirmDialog
        title={t("leave.title")}
        confirm={t("leave.confirm")}
        danger
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        onConfirm={() => void live.leave()}
      >
        <p>{t("leave.text", { label })}</p>
      </ConfirmDialog>
    </div>
  );
}

/**
 * Above a picture that isn't live, so that nobody takes it for what the other person sees now. The
 * status line says the same words aloud.
 */
function Veil({ state, label }: { state: SessionState; label: string }) {
  const { t } = useSessionWords();
  const situation = situationOf(state);
  if (situation === "live" || situation === "slow" || situation === "loading") return null;
  const words = situationWords(situation, state, label, t);
  const waits = situation === "joining" || situation === "waiting";
  return (
    <div className={waits ? "ses-veil ses-veil-full" : "ses-veil"}>
      {waits ? (
        <p className="ep-spinner">
          <span className="ep-spinner-wheel" aria-hidden="true" />
          {words}
        </p>
      ) : (
        <Notice kind="warn" {...(situation === "paused" ? { title: t("paused.title") } : {})}>
          {words}
        </Notice>
      )}
    </div>
  );
}

type T = ReturnType<typeof useSessionWords>["t"];

function situationWords(
  situation: ReturnType<typeof situationOf>,
  state: SessionState,
  label: string,
  t: T,
): string {
  if (situation === "paused" && state.paused) return t(`paused.${state.paused}`, { label });
  return t(situation === "paused" ? "status.live" : `status.${situation}`, { label });
}

/** Said aloud when it changes: the state of the picture, and what is shown to the other person. */
function StatusLine({ state, label }: { state: SessionState; label: string }) {
  const { t } = useSessionWords();
  const situation = situationOf(state);
  return (
    <div className="ses-status">
      <p
        className={`ses-chip ses-chip-${situation === "live" ? "live" : "other"}`}
        role="status"
        aria-label={t("status.label")}
      >
        {situationWords(situation, state, label, t)}
      </p>
      <p className="ses-shown" role="status">
        {canGuide(state) ? shownWords(state, label, t) : ""}
      </p>
    </div>
  );
}

function shownWords(state: SessionState, label: string, t: T): string {
  const { highlight } = state;
  if (!highlight)
    return state.cleared ? t("shown.cleared", { label }) : t(`tools.${state.mode}Help`, { label });
  const { role, name } = highlight.element;
  const told = highlight.name ?? name;
  const element = told === "" ? role : `${role} «\u00A0${told}\u00A0»`;
  return t(`shown.${highlight.state}`, { label, element });
}
