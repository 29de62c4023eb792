import { assertNever } from "../../shared/errors.ts";
import type { TalkCommand } from "../messaging/talk-view.ts";
import type { SessionKeeper } from "../session/session-keeper.ts";
import type { SettingsChange } from "../store/settings-store.ts";

/** What a person does about voice and words. Outside a session only the settings mean something. */
export function createTalkCommands(options: {
  keeper: SessionKeeper;
  changeSettings: (change: SettingsChange) => Promise<void>;
}) {
  const { keeper } = options;

  async function set(change: SettingsChange): Promise<void> {
    await options.changeSettings(change);
    keeper.talk?.voice?.settingsChanged();
  }

  return {
    async run(command: Exclude<TalkCommand, { type: "voice.level" }>): Promise<void> {
      switch (command.type) {
        case "text.say":
          return keeper.talk?.say(command.words);
        case "voice.mute":
          return keeper.mute(command.muted);
        case "voice.look":
          return keeper.talk?.voice?.look();
        case "voice.play":
          return keeper.talk?.voice?.play();
        case "number.give":
          await set({ number: command.number });
          return keeper.talk?.giveNumber(command.number);
        case "number.take-back":
          return keeper.talk?.giveNumber(undefined);
        case "settings.change":
          return set(command.change);
        default:
          return assertNever(command);
      }
    },
  };
}
