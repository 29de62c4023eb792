import type { ErrorCode } from "../errors.ts";

/** What both interfaces say. `error`: the only place where a code becomes words. */

const errorFr: Record<ErrorCode, string> = {
  BAD_MESSAGE: "Quelque chose n’a pas été compris. Rechargez la page, puis réessayez.",
  VERSION: "Cette page n’est plus à jour. Rechargez-la, ou mettez Epaule à jour, puis réessayez.",
  UNPROVED: "Ce navigateur n’a pas pu être reconnu. Reconnectez-vous, puis réessayez.",
  NOT_FOUND:
    "C’est introuvable\u00a0: peut-être trop ancien, déjà utilisé ou mal recopié. Vérifiez, ou demandez-en un nouveau.",
  CONFLICT: "C’est déjà fait, ou ce n’est plus possible maintenant.",
  NO_GRANT: "L’accord n’est pas ou plus valable. Rien n’est montré.",
  TOO_LARGE: "C’est trop volumineux pour être envoyé.",
  TOO_MANY: "Trop d’essais en peu de temps. Attendez quelques minutes, puis réessayez.",
  AWAY: "Cette personne n’est pas connectée en ce moment.",
  UNAVAILABLE: "Le service ne répond pas. Réessayez dans un instant.",
  NO_VOICE: "La voix n’est pas disponible en ce moment. Tout le reste fonctionne.",
  FORGED:
    "Une vérification de sécurité a échoué. Par prudence, tout a été arrêté. Rien d’autre n’a été montré.",
  KEY_CHANGED:
    "L’appareil de l’autre personne n’est plus le même. Par prudence, tout est arrêté\u00a0: il faut refaire le lien entre vous deux.",
  INTERNAL: "Quelque chose n’a pas marché de notre côté. Réessayez dans un instant.",
};

const errorEn: Record<ErrorCode, string> = {
  BAD_MESSAGE: "Something was not understood. Reload the page, then try again.",
  VERSION: "This page is out of date. Reload it, or update Epaule, then try again.",
  UNPROVED: "This browser could not be recognised. Sign in again, then retry.",
  NOT_FOUND:
    "This can’t be found: it may be too old, already used or mistyped. Check it, or ask for a new one.",
  CONFLICT: "This is already done, or no longer possible.",
  NO_GRANT: "The agreement is not, or no longer, valid. Nothing is shown.",
  TOO_LARGE: "This is too large to be sent.",
  TOO_MANY: "Too many tries in a short time. Wait a few minutes, then try again.",
  AWAY: "This person is not connected right now.",
  UNAVAILABLE: "The service is not answering. Try again in a moment.",
  NO_VOICE: "Voice is not available right now. Everything else works.",
  FORGED: "A security check failed. To be safe, everything was stopped. Nothing else was shown.",
  KEY_CHANGED:
    "The other person’s device is no longer the same. To be safe, everything is stopped: you need to pair again.",
  INTERNAL: "Something went wrong on our side. Try again in a moment.",
};

export const uiWords = {
  fr: {
    skip: "Aller au contenu",
    wait: "Un instant…",
    cancel: "Annuler",
    language: "Langue",
    error: errorFr,
  },
  en: {
    skip: "Skip to content",
    wait: "One moment…",
    cancel: "Cancel",
    language: "Language",
    error: errorEn,
  },
};
