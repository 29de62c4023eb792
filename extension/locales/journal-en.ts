/** The same words as `journal-fr.ts`, in English. */
export const journalEn = {
  card: {
    title: "What happened",
    text: "Your agreements, your calls and the sites you showed are noted for you.",
    open: "Read my journal",
    broken:
      "Your journal is no longer the same as before. Someone may have changed or removed a line. Open it to know what to do.",
  },

  title: "My journal",
  lead: "This is what happened between you and the people who help you.",
  inside:
    "This journal holds neither your pages, nor what you type, nor what you say. The names are the ones that you chose: they stay in this browser.",
  reading: "Looking for your journal…",
  failed: "Your journal can’t be read right now. Check your Internet connection.",
  empty: "Nothing is noted yet.",
  whole: "It all follows: nothing was changed or removed since it was last read.",
  brokenTitle: "Beware: this journal is no longer the same",
  broken:
    "From line {{row}} on, it no longer matches what was noted. A line may have been changed or removed. It is not your fault.",
  brokenDo: "Save a copy with the button below, then ask for help.",
  write: "Write to:",
  writeNobody: "Ask the person or the organisation that gave you Epaule.",
  row: "line {{row}}",
  older: "Show what is older",
  keep: "Keep a copy",
  print: "Print",
  save: "Save to a file",
  saveHelp:
    "The file is a proof: a specialist can check that nothing in it was changed. It holds no name.",
  close: "Close this page",
  printed: "Printed on {{date}}. Device: {{device}}. Last line: {{row}}, {{hash}}.",

  contest: {
    open: "Is a line not right?",
    how: "Find the line above, then click “Not right” next to it.",
    stop: "I have finished",
    button: "Not right",
    label: "Not right: line {{row}}",
    title: "Is line {{row}} not right?",
    text: "Epaule will note that you don’t agree with this line. It stays in the journal, with your remark next to it. The person who helps you is not told.",
    confirm: "Note that I disagree",
    keep: "Note nothing",
    failed: "This could not be noted. Check your connection, then try again.",
    done: "Noted: you don’t agree with line {{row}}. To explain why, give this line number.",
    marked: "On {{date}}, you said that this line is not right.",
  },

  someone: "a person who is no longer in your list",
  pairingLink: "You added {{name}}, with an invitation link.",
  pairingCode: "You added {{name}}, with a code and two words that you compared.",
  pairingEndedByYou: "You removed {{name}} from your list.",
  pairingBlockedByYou: "You removed and blocked {{name}}.",
  pairingEndedByThem: "{{name}} ended the link with you.",
  pairingBlockedByThem: "{{name}} ended the link with you, and wants no new one.",
  grantGiven:
    "You agreed to show {{hosts}} to {{name}}. Your agreement was good until {{until}} at the latest.",
  requested: "You called {{name}}.",
  answered: "{{name}} answered.",
  voiceOpened: "The voice was opened between {{name}} and you.",
  entered: "You were on the site {{host}}.",
  callLeft: "You left a call for {{name}}.",
  contested: "You said that line {{row}} is not right.",
  resumed: "The pause ended: {{name}} could see again.",
  unknown:
    "Something that this version of Epaule can’t tell. Update Epaule, then open this page again.",
  paused: {
    asked: "You paused. {{name}} no longer saw anything.",
    leftSite: "The page was outside your agreement. {{name}} no longer saw anything.",
    hidden: "The tab that you showed was hidden. {{name}} no longer saw anything.",
    bannerRemoved:
      "The site had removed the Epaule banner. To be safe, {{name}} no longer saw anything.",
    maskFailed:
      "Epaule was not sure that it hid what you typed. To be safe, {{name}} no longer saw anything.",
    break: "There was a break. {{name}} no longer saw anything.",
  },
  ended: {
    stopped: "You stopped the help.",
    declined: "{{name}} could not help you at that time.",
    missed: "{{name}} did not answer.",
    cancelled: "You cancelled the call.",
    revoked: "You took back your agreement. The help stopped.",
    expired: "The time was up. The help stopped.",
    left: "{{name}} ended the help.",
    lost: "The connection was lost for too long. The help stopped.",
    refused: "You refused.",
    pairingEnded: "The help stopped with the link between {{name}} and you.",
    forged: "A security check failed. To be safe, Epaule stopped everything.",
  },
  lastedLess: "The help lasted less than a minute.",
  lasted_one: "The help lasted {{count}} minute.",
  lasted_other: "The help lasted {{count}} minutes.",
};
