import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

import type { SessionId } from "../../../shared/ids.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icons.tsx";
import { useWords } from "../locales/words.ts";
import type { VerifiedCall } from "./verified-call.ts";

type RingProps = {
  call: VerifiedCall | undefined;
  isAnswering: boolean;
  onAnswer: (session: SessionId) => void;
  onDecline: (session: SessionId) => void;
};

/** [S2] Fills the window: who calls, for which sites, and what an answer means. */
export function RingScreen({ call, ...rest }: RingProps) {
  return (
    <ModalOverlay className="con-ring" isOpen={call !== undefined} isKeyboardDismissDisabled>
      <Modal className="con-ring-modal">
        {/* Nothing has the focus but the dialog: a key that was on its way answers nothing. */}
        <Dialog className="con-ring-card" role="alertdialog">
          {call && <RingCard call={call} {...rest} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function RingCard({ call, isAnswering, onAnswer, onDecline }: RingProps & { call: VerifiedCall }) {
  const { t } = useWords();
  const { label, session } = call;
  const { hosts, seconds } = call.statement;
  return (
    <>
      <span className="con-ring-icon">
        <Icon name="phone" />
      </span>
      <Heading slot="title" level={1} className="ep-heading ep-heading-1">
        {t("call.title", { label })}
      </Heading>
      <p>{t("call.ask", { label })}</p>
      <ul className="con-hosts">
        {hosts.map((host) => (
          <li key={host}>{host}</li>
        ))}
      </ul>
      <p>{t("call.means", { label })}</p>
      <p className="ep-soft">
        {t("call.hours", { label, count: Math.max(1, Math.round(seconds / 3600)) })}
      </p>
      <div className="con-ring-do">
        <Button
          variant="primary"
          large
          icon="phone"
          isPending={isAnswering}
          onPress={() => onAnswer(session)}
        >
          {t("call.answer")}
        </Button>
        <Button large isDisabled={isAnswering} onPress={() => onDecline(session)}>
          {t("call.decline")}
        </Button>
      </div>
    </>
  );
}
