import { journalEn } from "./journal-en.ts";
import { receiptEn } from "./receipt-en.ts";
import { talkEn } from "./talk-en.ts";

/** The same words as `fr.ts`, in English. */
export const en = {
  wait: "One moment…",
  silent: "Epaule is not answering. Close this panel, then click the Epaule icon again.",
  offline: {
    title: "No connection",
    text: "Your computer is not connected to the Internet, or Epaule is not answering. Wait a little: it comes back by itself.",
    live: "The “Stop” button still works.",
  },
  journal: journalEn,
  retired: {
    title: "Epaule no longer knows this computer",
    text: "It was declared lost: it shows nothing to anybody any more. If you have it back, remove the Epaule extension, install it again, then add the people who help you.",
  },
  talk: talkEn,
  receipt: receiptEn,
  back: "Back to the start",
  retry: "Try again",

  person: {
    who: "Who is this?",
    whoOf: "Who is this? {{name}}",
    ownName: "Their name, as they wrote it",
    role: "Their role",
    check: "Checked",
    roles: {
      relative: "Family or friend",
      volunteer: "Volunteer",
      mediator: "Digital support worker",
    },
    checks: { none: "not checked" },
    line: "{{role}}, {{check}}",
    unverified: "Epaule has not checked this name.",
    refused_one: "On hold to be safe, for {{count}} more minute.",
    refused_other: "On hold to be safe, for {{count}} more minutes.",
    ended: "This person has ended the link with you. They can no longer help you.",
    paused: "On pause: you chose not to call {{name}} for the moment.",
    pause: "Put on pause",
    pauseOf: "Put on pause {{name}}",
    resume: "End the pause",
    resumeOf: "End the pause for {{name}}",
    trusted: "The person to tell: Epaule lets them know when someone new helps you.",
  },
  withMe: {
    label: "Who is with you",
    nobody: "Right now, nobody is with you. Nobody sees your page.",
    calling: "Nobody is with you yet. Calling {{name}}.",
    one: "Right now, {{name}} is with you, and nobody else.",
    waiting: "Waiting for {{name}}, and nobody else.",
    not: "Not with you: {{names}}.",
  },
  trust: {
    open: "Choose {{name}} as the person to tell",
    title: "Choose {{name}} as the person to tell?",
    text: "When someone new helps you for the first time, {{name}} will read it on their Epaule page, the next time it is open. Epaule will not say who helps you, nor on which site.",
    instead: "{{other}} will no longer be the person to tell. Epaule will let them know.",
    told: "Epaule will let {{name}} know that you chose them.",
    confirm: "Choose {{name}}",
    keep: "Change nothing",
    stop: "Stop telling {{name}}",
    stopTitle: "Stop telling {{name}}?",
    stopText:
      "{{name}} will no longer know when someone new helps you. Epaule will tell them about this change.",
    stopBeware: "Is someone asking you to do this? It may be a scam. Phone {{name}} first.",
    stopConfirm: "Stop telling",
    stopKeep: "Go on telling {{name}}",
  },
  blocked: {
    title: "The people you blocked",
    text: "Their invitations are refused. They can’t help you.",
    unnamed: "Someone without a name",
    lift: "Unblock {{name}}",
    liftTitle: "Unblock {{name}}?",
    liftText:
      "You will be able to accept an invitation from this person again. Without a new invitation, they can’t help you.",
    keep: "Leave blocked",
    confirm: "Unblock",
  },

  home: {
    title: "Need help on this page?",
    ask: "Ask for help",
    askOne: "Ask {{name}} for help",
    nothingYet: "Nothing is shown before you agree.",
    circle: "The people who help me",
    add: "Add someone",
    emptyTitle: "Welcome",
    empty1: "With Epaule, someone you trust guides you on a web page.",
    empty2: "First add this person, with the invitation that they gave you.",
    choose: "Who to call?",
    chooseBack: "Don’t call",
    nobody: "Nobody can be called for the moment.",
  },
  page: {
    unknownTitle: "Which page do you want to show?",
    unknown:
      "Open the site where you need help. Then click the Epaule icon, at the top right of the window.",
    refusedTitle: "This page can’t be shown",
    refused:
      "Epaule only shows protected sites: their address starts with https://. Open the site where you need help.",
  },
  notice: {
    pageChanged:
      "The page changed before you agreed. Nothing was shown. Ask for help again on the page in front of you.",
    pageElsewhere: "The page in front of you is no longer the one of last time. Nothing was shown.",
    personRemoved:
      "Done. The person you removed no longer sees anything and can no longer help you.",
    permissionRefused:
      "The browser did not get your permission. Nothing is shown. Click “I agree” again, then “Allow”.",
    refusedPerson: "To be safe, this person can’t be called for an hour. Nothing is shown.",
    pausedPerson: "You put this person on pause. To call them, first click “End the pause”.",
  },

  remove: {
    open: "Remove {{name}}",
    title: "Remove {{name}}?",
    text: "{{name}} will no longer be able to help you. To change your mind, you will need a new invitation.",
    confirm: "Remove",
    block: "Remove and block",
    liveText: "The help that is going on stops at once. {{name}} will no longer see anything.",
    blockText:
      "“Block” also refuses the invitations that this person would make on the same device, until you unblock them.",
    keep: "Don’t remove",
    gone: "Remove from the list",
  },

  add: {
    title: "Add someone",
    intro: "This person gave you an invitation: a link, or a code of 8 digits.",
    field: "Link or code",
    help: "Paste the whole link, or type the 8 digits.",
    empty: "Paste the link, or type the code.",
    submit: "Continue",
    reading: "Looking for this invitation…",
    cancel: "Cancel",
    whoTitle: "Is this the right person?",
    whoWarn:
      "We have not checked this name. Go on only if you know this person and they really gave you this invitation.",
    nameField: "What do you call them?",
    nameHelp: "For example: Mary, my daughter, my neighbour. Only you see this name.",
    nameEmpty: "Write a name.",
    nameLong: "This name is too long: 60 letters at most.",
    accept: "Yes, add this person",
    refuse: "No, don’t add",
    saving: "Adding this person…",
    wordsTitle: "Compare the two words",
    wordsIntro:
      "Read these two words aloud, on the phone or side by side. {{name}} must have the same two.",
    wordsLabel: "Your two words",
    wordsWait: "Waiting for {{name}}. They need to accept on their side.",
    same: "The words are the same",
    different: "They are not the same",
    confirmed: "Noted. Waiting for {{name}} to confirm too.",
    madeTitle: "{{name}} can now help you",
    made: "Nothing is shown for now. It is always you who calls.",
    done: "Finish",
  },
  problem: {
    unreadable:
      "This is neither an invitation link nor a code of 8 digits. Check what you pasted or typed.",
    halfLink:
      "The end of the link is missing. Copy all of it, then paste it here. The easiest way: open the link, then click the Epaule icon.",
    otherServer:
      "This invitation comes from another Epaule service. It doesn’t work here. Ask the person who gave it to you.",
    different:
      "The words were not the same. To be safe, this code no longer works. Ask for a new invitation.",
    brokenOff:
      "It stopped before the end, and this code no longer works. Ask for a new invitation.",
    blocked: "You blocked this person. Their invitation is refused, and nobody was added.",
    notFound:
      "This invitation can’t be found. It may be too old, already used or mistyped. Check it, or ask for a new one.",
    keyChanged:
      "This link doesn’t match the person who answers. To be safe, nothing was added. Ask them for a new invitation.",
    tooMany: "Too many tries in a short time. Wait a few minutes, then try again.",
    away: "For a code, the person must be connected to Epaule at the same time as you. Call them, then try again.",
  },

  question: {
    title: "Before you start with {{name}}",
    text: "This is the first time with this person. One question, to keep you safe: how did it happen?",
    beware:
      "No public service and no bank calls you to ask you to install Epaule or to show your screen.",
    inert: "Take your time to read. You will be able to answer in a few seconds.",
    left_one: "{{count}} more second",
    left_other: "{{count}} more seconds",
    ready: "You can answer.",
    together: "We are together",
    iCalled: "I called them",
    wasCalled: "They called me",
    cancel: "Cancel",
  },
  warned: {
    title: "Hang up",
    text: "Nothing was shown. Someone who calls you may pretend to be another person.",
    call: "Hang up, then call {{name}} back on a number that you already know.",
    hour: "To be safe, Epaule will not call {{name}} for an hour.",
    done: "I understand",
  },

  consent: {
    title: "Show this page to {{name}}?",
    hosts_one: "The address that you show",
    hosts_other: "The addresses that you show",
    otherOpen: "Does this service use another address?",
    otherText: "Sometimes you sign in on another site. Add its address only if you know it.",
    otherField: "Other address",
    otherHelp: "For example: login.example.org",
    otherAdd: "Add this address",
    otherBad:
      "This address can’t be added. It must be the name of a protected site, for example login.example.org",
    otherThere: "This address is already in the list.",
    otherFull: "The list is full.",
    browser:
      "If you agree, the browser will ask you to allow these addresses. Answer “Allow”. The permission ends with the help.",
    accept: "I agree",
    refuse: "I refuse",
    asking: "The browser is asking you a question, at the top of the window. Answer “Allow”.",
    busy: "Letting {{name}} know…",
    told: "This is the first time with {{name}}. When {{name}} answers, {{trusted}}, your person to tell, will read on their Epaule page that someone new helps you. Epaule will not say who, nor on which site.",
  },
  ringing: {
    title: "Calling {{name}}…",
    text: "{{name}} sees nothing yet.",
    left_one: "{{count}} more second",
    left_other: "{{count}} more seconds",
    cancel: "Cancel the call",
  },
  unanswered: {
    away: {
      title: "{{name}} is not connected",
      text: "Nothing was shown. You can leave them a call: {{name}} will know that you need help.",
    },
    declined: {
      title: "{{name}} can’t help you now",
      text: "Nothing was shown. Try again later, or phone them.",
    },
    missed: {
      title: "{{name}} did not answer",
      text: "Nothing was shown. {{name}} will see that you called.",
    },
    leave: "Leave a call",
    left: "Your call is left. {{name}} will see it on coming back.",
    failed: "The call could not be left. Try again, or phone them.",
  },

  live: {
    title: {
      sees: "{{name}} sees this page",
      joining: "{{name}} has answered",
      held: "{{name}} sees nothing",
    },
    stop: "Stop",
    keys: "To stop from the keyboard, press {{keys}} together.",
    pause: "Pause",
    resume: "Resume",
    sees: "What is displayed can be seen. What you type is hidden.",
    hosts: "Your agreement is only for:",
    link: {
      opening: "Getting the connection with {{name}} ready…",
      open: "The connection with {{name}} is good.",
      lost: "The connection with {{name}} is lost. Trying to get it back.",
    },
    hold: {
      asked: "You paused. Click “Resume” when you want to go on.",
      leftSite:
        "The page in front of you is outside your agreement. {{name}} will see again when you come back to an address of the list.",
      hidden: "The tab that you show is hidden. {{name}} will see again when you come back to it.",
      bannerRemoved:
        "This site removed the Epaule banner several times. To be safe, everything is paused. Click “Resume” only if you are sure of this site.",
      maskFailed:
        "Epaule is not sure that it hides what you type on this page. To be safe, everything is paused. You can resume, or stop.",
      break: "There was a break. To be safe, everything is paused. Click “Resume” to go on.",
    },
    needsPage: "To resume, first open one of the addresses below in this window.",
    shown: "{{name}} shows you",
    onElement: "On the page: “{{element}}”",
    noText: "{{name}} shows you a place on the page.",
    states: {
      shown: "It is outlined on the page.",
      outside: "It is further up or down. The page offers to go there.",
      lost: "This place is no longer on the page.",
      refused: "This place can’t be shown here.",
    },
  },
  ended: {
    title: "The help is over",
    seesNothing: "{{name}} no longer sees anything. The permissions are taken back.",
    again: "Ask again",
    reason: {
      stopped: "You stopped the help, or closed the tab that you were showing.",
      declined: "{{name}} can’t help you now.",
      missed: "{{name}} did not answer.",
      cancelled: "You cancelled the call.",
      revoked: "You took back your agreement.",
      expired: "The time is up: two hours at most.",
      left: "{{name}} ended the help.",
      lost: "The connection was lost for too long.",
      refused: "You refused. Nothing was shown.",
      pairingEnded:
        "The link between {{name}} and you no longer exists. You need a new invitation.",
      forged:
        "A security check failed. To be safe, Epaule stopped everything. Before you start again, phone {{name}} on a number that you already know.",
    },
  },
};
