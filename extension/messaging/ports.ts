/** A named Port as the features see it; `platform/ports.ts` makes one of the browser's. */
export type PortSender = {
  /** An extension page of ours. */
  fromUs: boolean;
  tab?: number;
  frame?: number;
  origin?: string;
  /** "active" but for a prerendered or cached document. */
  lifecycle?: string;
};

export interface Port {
  readonly name: string;
  readonly sender: PortSender;
  /** Silent when the other side is gone. */
  post(message: unknown): void;
  close(): void;
  /** One listener of each kind; messages that came before are not lost. */
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}
