import { createRoomWords } from "../../../shared/ui/i18n.ts";

const fr = {
  title: "Aide en direct pour {{label}}",
  site: "Site : {{host}}",
  tools: {
    label: "Que fait votre souris ?",
    highlight: "Montrer",
    highlightHelp: "Cliquez sur un élément : il s’entoure sur l’écran de {{label}}.",
    pointer: "Pointer",
    pointerHelp: "{{label}} suit votre souris comme un doigt sur l’écran.",
    draw: "Dessiner",
    drawHelp: "Tracez un trait. Il s’efface tout seul après quelques secondes.",
    look: "Regarder",
    lookHelp: "Vous regardez seulement. Rien n’est montré à {{label}}.",
    clear: "Effacer",
    list: "Éléments",
    fit: "Ajuster",
    actual: "100 %",
    zoom: "Taille de la page",
    leave: "Quitter",
  },
  text: {
    label: "Vos mots à {{label}} (facultatif)",
    placeholder: "Par exemple : cliquez ici",
    tooLong: "140 caractères au plus.",
    refused: "Sans adresse de site ni caractère spécial, s’il vous plaît.",
    send: "Envoyer",
  },
  status: {
    label: "Où en est-on",
    joining: "Connexion avec {{label}}…",
    waiting: "Vous êtes connectés. La page arrive…",
    live: "En direct",
    slow: "La connexion est lente : l’image a un peu de retard.",
    lost: "La connexion avec {{label}} est coupée. Elle revient d’elle-même.",
    offline: "Vous n’êtes plus connecté à Internet. Cela revient d’ici peu.",
    loading: "{{label}} change de page…",
    foreign: "{{label}} est sur un autre site que ceux de l’accord. Rien n’en est montré.",
  },
  paused: {
    title: "En pause",
    asked: "{{label}} a mis en pause. L’image reviendra quand {{label}} le voudra.",
    "left-site": "{{label}} a quitté le site convenu. L’image reviendra au retour sur le site.",
    hidden: "{{label}} regarde un autre onglet.",
    "banner-removed":
      "La page a enlevé le bandeau d’Epaule. Par prudence, l’image est en pause. {{label}} peut reprendre.",
    "mask-failed":
      "Quelque chose n’a pas pu être caché sur cette page. Par prudence, l’image est en pause.",
    break:
      "La connexion a été coupée un moment. {{label}} doit reprendre dans le panneau d’Epaule.",
  },
  shown: {
    sent: "Envoyé : {{element}}.",
    shown: "{{label}} voit entouré : {{element}}.",
    outside: "{{element}} est plus loin dans la page. Epaule propose à {{label}} d’y aller.",
    lost: "{{element}} n’est plus sur la page.",
    refused: "{{label}} ne souhaite pas être guidé pour le moment.",
    failed: "Ce n’est pas parti : la connexion est coupée. Réessayez dans un instant.",
    cleared: "Tout est effacé sur l’écran de {{label}}.",
    nothing: "Rien n’est montré à {{label}} pour le moment.",
  },
  list: {
    title: "Éléments de la page",
    help: "Choisissez avec les flèches, puis « Entrée » pour montrer l’élément.",
    search: "Chercher un élément",
    refresh: "Actualiser la liste",
    show: "Montrer cet élément",
    close: "Fermer la liste",
    empty: "Aucun élément à montrer pour l’instant.",
  },
  leave: {
    title: "Quitter cette aide ?",
    text: "L’image s’arrête pour vous deux. {{label}} pourra vous rappeler.",
    confirm: "Quitter",
  },
  mirror: "La page de {{label}}, en direct. Ce que {{label}} écrit est caché.",
};

const en: Same<typeof fr> = {
  title: "Helping {{label}} live",
  site: "Site: {{host}}",
  tools: {
    label: "What does your mouse do?",
    highlight: "Show",
    highlightHelp: "Click an element: it is outlined on {{label}}’s screen.",
    pointer: "Point",
    pointerHelp: "{{label}} follows your mouse like a finger on the screen.",
    draw: "Draw",
    drawHelp: "Draw a line. It fades by itself after a few seconds.",
    look: "Look",
    lookHelp: "You only look. Nothing is shown to {{label}}.",
    clear: "Clear",
    list: "Elements",
    fit: "Fit",
    actual: "100%",
    zoom: "Page size",
    leave: "Leave",
  },
  text: {
    label: "Your words to {{label}} (optional)",
    placeholder: "For example: click here",
    tooLong: "140 characters at most.",
    refused: "Without web addresses or special characters, please.",
    send: "Send",
  },
  status: {
    label: "How things stand",
    joining: "Connecting with {{label}}…",
    waiting: "You are connected. The page is coming…",
    live: "Live",
    slow: "The connection is slow: the picture is a little late.",
    lost: "The connection with {{label}} is cut. It comes back by itself.",
    offline: "You are no longer connected to the Internet. It should be back soon.",
    loading: "{{label}} is changing page…",
    foreign: "{{label}} is on a site that is not in the agreement. Nothing of it is shown.",
  },
  paused: {
    title: "Paused",
    asked: "{{label}} has paused. The picture comes back when {{label}} wants.",
    "left-site":
      "{{label}} has left the agreed site. The picture comes back when they return to it.",
    hidden: "{{label}} is looking at another tab.",
    "banner-removed":
      "The page has removed Epaule’s banner. To be safe, the picture is paused. {{label}} can resume.",
    "mask-failed": "Something on this page could not be hidden. To be safe, the picture is paused.",
    break: "The connection was cut for a while. {{label}} has to resume in Epaule’s panel.",
  },
  shown: {
    sent: "Sent: {{element}}.",
    shown: "{{label}} sees outlined: {{element}}.",
    outside: "{{element}} is further away on the page. Epaule offers {{label}} to go there.",
    lost: "{{element}} is no longer on the page.",
    refused: "{{label}} does not want to be guided for now.",
    failed: "It was not sent: the connection is cut. Try again in a moment.",
    cleared: "Everything is cleared on {{label}}’s screen.",
    nothing: "Nothing is shown to {{label}} for now.",
  },
  list: {
    title: "Elements of the page",
    help: "Choose with the arrow keys, then “Enter” to show the element.",
    search: "Search an element",
    refresh: "Refresh the list",
    show: "Show this element",
    close: "Close the list",
    empty: "No element to show for now.",
  },
  leave: {
    title: "Leave this session?",
    text: "The picture stops for both of you. {{label}} can call you again.",
    confirm: "Leave",
  },
  mirror: "{{label}}’s page, live. What {{label}} types is hidden.",
};

type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

export const sessionWords = { fr, en };
export const useSessionWords = createRoomWords("session", sessionWords);
