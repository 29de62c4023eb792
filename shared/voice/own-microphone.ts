import { LocalAudioTrack, type LocalTrack } from "livekit-client";

/** [A6] Only this end opens and shuts its microphone: LiveKit's own track obeys the voice server. */
export class OwnMicrophone extends LocalAudioTrack {
  #isMuted = false;

  async setMuted(muted: boolean): Promise<void> {
    this.#isMuted = muted;
    await (muted ? super.mute() : super.unmute());
  }

  override async mute(): Promise<this> {
    if (this.#isMuted) await super.mute();
    return this;
  }

  override async unmute(): Promise<this> {
    if (!this.#isMuted) await super.unmute();
    return this;
  }

  /** LiveKit's own types disagree with themselves about an optional property. */
  get asTrack(): LocalTrack {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its base's base
    return this as unknown as LocalTrack;
  }
}
