import type { RoleWord } from "./pointing/describe.ts";
import type { BoxKind } from "./stream/safe-value.ts";

export type Notice = "plain" | "cut";

/** The player's few words. It has no i18next: the console tells it the language. */
export type PlayerWords = {
  /** What stands in a box for what could not be carried. */
  boxes: Record<"image" | "frame" | BoxKind, string>;
  /** How the mirror differs from the page: a style sheet could not be carried, or its end is cut. */
  notices: Record<Notice, string>;
  roles: Record<RoleWord, string>;
};

export const playerWords: Record<"fr" | "en", PlayerWords> = {
  fr: {
    boxes: {
      image: "Image non transmise",
      object: "Contenu non transmis",
      canvas: "Dessin non transmis",
      video: "Vidéo non transmise",
      audio: "Son non transmis",
      frame: "Cette partie n’est pas montrée",
    },
    notices: {
      plain:
        "Une partie de la mise en forme n’a pas pu venir jusqu’ici\u00a0: chez l’autre personne, cette page peut avoir un autre aspect.",
      cut: "Cette page est si longue que sa fin n’est pas montrée ici.",
    },
    roles: {
      link: "Lien",
      button: "Bouton",
      field: "Champ",
      checkbox: "Case à cocher",
      radio: "Choix",
      choice: "Liste de choix",
      image: "Image",
      heading: "Titre",
      tab: "Onglet",
      menuitem: "Menu",
      table: "Tableau",
      list: "Liste",
      label: "Intitulé",
      text: "Texte",
      zone: "Zone",
    },
  },
  en: {
    boxes: {
      image: "Image not sent",
      object: "Content not sent",
      canvas: "Drawing not sent",
      video: "Video not sent",
      audio: "Sound not sent",
      frame: "This part is not shown",
    },
    notices: {
      plain:
        "Some of the page’s styling could not come this far: on the other person’s screen it may look different.",
      cut: "This page is so long that its end is not shown here.",
    },
    roles: {
      link: "Link",
      button: "Button",
      field: "Field",
      checkbox: "Checkbox",
      radio: "Option",
      choice: "Choice list",
      image: "Image",
      heading: "Heading",
      tab: "Tab",
      menuitem: "Menu item",
      table: "Table",
      list: "List",
      label: "Label",
      text: "Text",
      zone: "Area",
    },
  },
};
