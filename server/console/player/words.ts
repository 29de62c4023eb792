import type { RoleWord } from "./pointing/describe.ts";

/** The player's few words. It has no i18next: the console tells it the language. */
export type PlayerWords = {
  image: string;
  object: string;
  roles: Record<RoleWord, string>;
};

export const playerWords: Record<"fr" | "en", PlayerWords> = {
  fr: {
    image: "Image non transmise",
    object: "Contenu non transmis",
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
    image: "Image not sent",
    object: "Content not sent",
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
