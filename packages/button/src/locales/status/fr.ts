import type { StatusMessages } from "../status-messages.ts";

const fr: StatusMessages = {
  loading: "Lecture de l’état du paiement",
  loading_hint: "Cela prend plus de temps que d’habitude.",
  open: "Pas encore payé",
  open_hint: "Cette page l’affichera dès que le paiement sera fait.",
  processing: "Paiement en cours",
  processing_hint: "Il est fait et pas encore confirmé. Cette page l’affichera dès qu’il le sera.",
  paid: "Payé",
  paid_hint: "Votre paiement a été reçu.",
  expired: "Ne peut plus être payé",
  expired_hint: "Le délai de paiement est dépassé.",
  canceled: "Annulé",
  canceled_hint: "Ce paiement a été annulé.",
  unknown: "Paiement introuvable",
  unknown_hint: "L’adresse de cette page est peut-être incomplète.",
  refused: "L’état ne peut pas être affiché",
  refused_hint: "Cette page n’est pas entièrement configurée. Renseignez-vous auprès de la boutique.",
  trouble: "État inconnu pour le moment",
  trouble_hint: "Le service de paiement est injoignable. Cette page réessaie automatiquement.",
  offline: "Vous êtes hors ligne",
  offline_hint: "Cette page affichera l’état dès que vous serez de nouveau en ligne.",
  amount: "Montant",
  reference: "Référence",
  link: "Reprendre le paiement",
  back: "Retour à la boutique",
};
export default fr;
