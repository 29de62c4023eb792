import type { fr } from "./fr.ts";

type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

export const en: Same<typeof fr> = {
  page: {
    title: "Epaule: helping from afar",
    loading: "Epaule is opening…",
    retry: "Try again",
    back: "Back",
    close: "Close",
    understood: "I understand",
    unreachable: {
      title: "Epaule is not answering",
      text: "Check your Internet connection. You have lost nothing.",
    },
    storage: {
      title: "This browser refuses to store anything",
      text: "Epaule has to keep a key in this browser so that you can be recognised. Allow storage for this site, leave the private window, or use another browser.",
    },
    refused: {
      title: "This browser could not be registered",
      text: "Sign out, then sign in again.",
    },
  },

  signIn: {
    title: "Help someone, at their shoulder",
    lead: "Is someone you know stuck on a website? You see their page live, and you show them where to click. Only they click and type.",
    promise: "What they type stays hidden. They can stop everything with one click.",
    create: {
      title: "This is my first time",
      name: "Your name, as the person you help knows it",
      nameHelp: "For example: Claire Morel, or Uncle John. This person will see it.",
      nameMissing: "Write your name first.",
      passkey: "Create my account with a passkey",
      explain:
        "A passkey replaces the password: it is your fingerprint, your face or your computer’s code.",
    },
    open: {
      title: "I already have an account",
      passkey: "Sign in with my passkey",
    },
    mail: {
      instead: "Without a passkey: get a link by e-mail",
      address: "Your e-mail address",
      addressWrong: "This address does not look complete. For example: claire@example.org",
      send: "Get a link by e-mail",
      sentTitle: "Look at your e-mail",
      sent: "A link is on its way to {{address}}. Open it within 15 minutes, with this browser. Look in the spam folder too.",
    },
    failed: {
      cancelled: "The passkey was not given. You can try again.",
      unsupported: "This browser does not know passkeys. Update it, or use another browser.",
      already: "This device already has an account. Choose “Sign in with my passkey”.",
      unknown: "This passkey is not known here. Create an account, or try another one.",
      mail: "The mail could not be sent. Try again in a few minutes, or use a passkey.",
      "too-many": "Too many tries in a short time. Wait a minute, then try again.",
      unavailable: "Epaule is not answering. Check your connection, then try again.",
      failed: "That did not work. Try again in a moment.",
    },
    notice: {
      "link-dead": "This sign-in link no longer works. Ask for a new one below.",
      "signed-out": "You are no longer signed in. Sign in to receive calls.",
      "mail-proved":
        "Your address is confirmed: calls that you miss will be announced there by e-mail. You can sign in, or close this page.",
      "mail-dead":
        "This confirmation link no longer works. Sign in to see which address is saved, or to ask for another link.",
    },
  },

  proving: {
    title: "Did you ask for this?",
    text: "Somebody gave your e-mail address for a helper’s account on Epaule. If it was you, confirm: we will write to this address when you miss a call, and it will sign in to that account. If it was not you, refuse: nothing will change.",
    yes: "Yes, it was me: confirm my address",
    no: "No, it was not me",
  },
  naming: {
    title: "What is your name?",
    save: "Continue",
  },

  account: {
    signedInAs: "Your account: {{name}}",
    signOut: "Sign out",
  },

  connection: {
    label: "Connection",
    chip: {
      connecting: "Connecting…",
      online: "Connected",
      offline: "Connection lost",
      stopped: "Disconnected",
    },
    connecting: "One moment…",
    online: "You can be reached",
    offline: "You cannot be reached",
    stopped: "You cannot be reached",
    onlineText: "Keep this page open: it will ring as soon as somebody calls you.",
    connectingText: "This page is getting ready for calls.",
    offlineText: "The connection is lost. It comes back by itself as soon as possible.",
    stoppedText: "To be safe, this page has disconnected. To receive calls, reconnect it.",
    reconnect: "Reconnect",
  },

  home: {
    hello: "Hello {{name}}",
    invite: "Invite someone",
    firstTitle: "Three steps to help someone",
    first: {
      invite: "Make an invitation",
      inviteText: "A link and a code are made for one person only.",
      give: "Give it to this person",
      giveText: "In person, by message, or on the phone.",
      wait: "Wait here for their call",
      waitText: "Keep this page open. It is always the person being helped who calls.",
    },
  },

  keeping: {
    label: "What this browser remembers",
    unsure:
      "Your links with the people you help are kept in this browser. If the computer runs out of space it may forget them: allow notifications, or bookmark this page.",
    "seven-days":
      "Safari forgets a site after 7 days without a visit. Open Epaule at least once a week, or use another browser. Otherwise each person has to be invited again.",
    private:
      "This window looks private: when it closes, the browser forgets your links with the people you help. Open Epaule in an ordinary window instead.",
  },

  alert: {
    title: "So as not to miss a call",
    allow: "Tell me also when this page is behind another",
    allowed: "A notification will also show when this page is behind another.",
    denied:
      "Notifications are blocked for this site. You can allow them in the browser’s settings, near the page’s address.",
    test: "Try the ringtone",
    heard: "You should hear two soft notes. If not, turn the sound up.",
    silent: "The browser still blocks sound. Click in the page, then try again.",
    blocked:
      "The browser blocks sound until you have clicked in this page. Click “Try the ringtone”.",
  },

  mail: {
    title: "Tell me by e-mail too",
    explain:
      "If somebody calls you while this page is closed, an e-mail can tell you. This is optional.",
    add: "Add my address",
    change: "Change the address",
    other: "Ask for another link",
    remove: "Remove the address",
    leave: "Change nothing",
    send: "Get the link",
    linkFirst: "A link will be sent there. The address is saved once you have opened it.",
    same: "This address is already saved.",
    sent: "A link is on its way to {{address}}. Open it within 15 minutes: the address is saved then. Look in the spam folder too.",
    known: "Calls that you miss are announced to {{address}}.",
    signsIn: "A link sent to this address can also sign you in.",
    onlyWay: "It also opens your account: you can change it, but not remove it.",
    removeTitle: "Remove this address?",
    removeText:
      "You will get no more e-mail after a call that you missed, and this address will no longer open your account. Your passkey still will.",
    removed: "The address is removed.",
    proved:
      "The address {{address}} is confirmed. Calls that you miss will be announced there by e-mail.",
    dead: "This confirmation link no longer works: it was used, or is older than 15 minutes. You can ask for another at the bottom of this page.",
    deadKnown:
      "This confirmation link no longer works: it was used, or is older than 15 minutes. The address that is saved is {{address}}.",
    failed: {
      UNAVAILABLE:
        "The mail could not be sent. Check the address, then try again in a few minutes.",
      TOO_MANY: "Too many links in a short time. Wait ten minutes, then try again.",
    },
  },

  people: {
    title: "The people I help",
    none: "Nobody for now. Invite someone to begin.",
    ready: "Can call you",
    elsewhere_one:
      "One more person is paired with another of your browsers: their calls ring there.",
    elsewhere_other:
      "{{count}} more people are paired with another of your browsers: their calls ring there.",
    rename: "Change the name",
    renameOf: "Change the name of {{label}}",
    end: "End",
    endOf: "End the link with {{label}}",
    renameField: "What do you call this person?",
    renameHelp: "This name stays in this browser. Nobody else sees it.",
    renameSave: "Save",
    nameMissing: "Write a name, 60 letters at most.",
    endTitle: "End the link with {{label}}?",
    endText:
      "{{label}} will no longer be able to call you. To help again, a new invitation is needed.",
    endConfirm: "End the link",
    block: "Also block this person: even a new invitation will be refused",
    joined: "{{label}} has accepted your invitation and can now call you.",
    ended: "The link with {{label}} has ended. You can invite this person again.",
    refused: {
      title: "A link was refused, to be safe",
      "wrong-mac":
        "The invitation for {{label}} was accepted by someone who did not have the real link. This link was stopped: nothing was shown. Make a new invitation and give it directly.",
      "no-secret":
        "Someone accepted an invitation that this browser does not know, or no longer knows. This link was stopped: nothing was shown. Make a new invitation.",
      "key-changed":
        "The device of {{label}} is no longer the same. To be safe, the link is stopped. Call this person on a number that you know, then make a new invitation.",
      someone: "this person",
    },
    failed: "The list could not be read.",
  },

  invite: {
    title: "Invite someone",
    who: "Who is this invitation for?",
    whoHelp: "For example: Mum, or Mr Small. This name stays in this browser.",
    whoMissing: "Write the person’s name, 60 letters at most.",
    create: "Make the invitation",
    forTitle: "Invitation for {{label}}",
    valid: "Good for 24 hours, once.",
    validUntil: "Good until {{when}}, once.",
    before: "The computer of {{label}} needs the Epaule extension. You have nothing to install.",
    linkTitle: "By message: the link",
    linkText:
      "Send this link to {{label}}, whole, by a safe means. You don’t have to be there when it is opened.",
    link: "Invitation link",
    copy: "Copy the link",
    copied: "Link copied. Paste it into a message for {{label}}.",
    copyFailed: "Copying did not work. Select the link, then copy it.",
    qrTitle: "Together: the picture to scan",
    qrText: "To be opened with the device of {{label}}, if you are side by side.",
    qrAlt: "QR code of the invitation for {{label}}",
    codeTitle: "On the phone: the code",
    code: "Code to say",
    codeText:
      "Keep this page open. Say: “Click the Epaule icon, then ‘Add someone’, and write these eight digits.” Then two words show on both sides: they must be the same.",
    codeSafe: "Say it only to a person whom you called yourself.",
    done: "Done",
    openTitle: "Invitations that wait",
    for: "For {{label}}",
    madeElsewhere: "Made in another browser: its link shows only there.",
    show: "Show",
    showOf: "Show the invitation for {{label}}",
    cancel: "Cancel",
    cancelOf: "Cancel the invitation for {{label}}",
    cancelOther: "Cancel the invitation made in another browser",
    cancelTitle: "Cancel this invitation?",
    cancelText: "Its link and its code will no longer work.",
    cancelConfirm: "Cancel the invitation",
    cancelKeep: "Keep it",
    tooMany: "You have made 20 invitations in one day. Try again tomorrow.",
    gone: "This invitation was used, or is no longer good.",
  },

  spoken: {
    preparingTitle: "{{label}} is writing your code",
    preparing: "One moment: the two words are being made…",
    title: "Compare these two words with {{label}}",
    text: "Read them aloud. {{label}} must see exactly the same ones, in the same order.",
    words: "The two words",
    safe: "If you are not sure that it is {{label}}, say no.",
    same: "They are the same words",
    different: "They are not the same",
    waitingTitle: "Waiting for {{label}}",
    waiting: "You said yes. {{label}} must also say that they are the same words.",
    cancel: "Stop",
    madeTitle: "Done",
    made: "{{label}} can now call you. Keep this page open.",
    failedTitle: "The link was not made",
    failed: {
      different:
        "The words were not the same: someone may have been between you. Nothing was shown. This code no longer works; make a new invitation, side by side if you can.",
      broken:
        "The connection was cut, or one of you stopped. This code no longer works: make a new invitation.",
    },
  },

  trust: {
    named:
      "{{label}} chose you as the person to tell. When someone new helps them, this page will tell you.",
    released:
      "Since {{when}}, you are no longer the person whom {{label}} wants told. If this surprises you, phone {{label}} on a number that you know.",
    firstTitle: "Someone new is helping {{label}}",
    firstSession:
      "On {{when}}, {{label}} called a new person for the first time, and they answered. If this surprises you, phone {{label}} at once, on a number that you know. Epaule does not say who, nor on which site.",
    seenOf: "I understand: {{label}}, {{when}}",
  },

  missed: {
    title_one: "One missed call",
    title_other: "{{count}} missed calls",
    line: "{{label}}, {{when}}",
    someone: "Someone",
    advice: "Call this person by phone: they are the one who asks for help again.",
    seen: "Seen",
    seenOf: "Seen: call from {{label}}, {{when}}",
  },

  call: {
    tab: "☎ {{label}} is calling you",
    notification: "{{label}} asks you for help",
    notificationText: "Click here to answer.",
    title: "{{label}} is calling you",
    ask: "{{label}} asks you for help on:",
    means:
      "If you answer, you will see this page live. What {{label}} types stays hidden. You will be able to show where to click, nothing more.",
    hours_one: "{{label}} lets you see for {{count}} hour at most, and can stop at any time.",
    hours_other: "{{label}} lets you see for {{count}} hours at most, and can stop at any time.",
    answer: "Answer",
    decline: "Decline",
    also: "{{label}} is calling too. You can call this person back afterwards.",
    missed: "You missed the call from {{label}}. Call this person by phone.",
    cancelled: "{{label}} gave up the call.",
    elsewhere: "The call from {{label}} was taken in another tab.",
    declined: "You declined the call from {{label}}.",
    "answer-failed": "That did not work: the call from {{label}} was gone. Wait for a new call.",
    refused: {
      title: "A call was refused, to be safe",
      "unknown-person":
        "The call came from someone whom this browser does not know. Nothing was shown.",
      forged:
        "The agreement that came with the call from {{label}} is not from their device. Nothing was shown. Call this person on a number that you know.",
      "not-ours":
        "The agreement that came with the call from {{label}} was for someone else. Nothing was shown.",
      "unknown-text":
        "{{label}} agreed to a text that this page does not know. Reload the page, then ask for a new call.",
    },
    otherTitle: "A session is open in another tab",
    otherText: "You are helping {{label}} in another tab. If it is closed, you can go on here.",
    takeOver: "Go on with the session here",
    over: {
      title: "The session is over",
      stopped: "{{label}} stopped the session.",
      declined: "The call from {{label}} was declined.",
      missed: "The call from {{label}} was missed.",
      cancelled: "{{label}} gave up the call.",
      revoked: "{{label}} took back their agreement.",
      expired: "The time agreed with {{label}} is over. {{label}} can call you again.",
      left: "You left the session with {{label}}.",
      lost: "The connection with {{label}} was cut for too long. {{label}} can call you again.",
      refused: "{{label}} preferred not to be helped now.",
      "pairing-ended": "The link with {{label}} has ended.",
      forged:
        "A security check failed. To be safe, everything was stopped. Call {{label}} on a number that you know.",
      closed: "The session with {{label}} is over.",
    },
  },
};
