import type { AllMessages } from "../button-messages.ts";

const fr: AllMessages = {
  pay: "Payer",
  buy: "Acheter",
  order: "Commander et payer",
  book: "Réserver et payer",
  subscribe: "S’abonner et payer",
  donate: "Faire un don",
  tip: "Laisser un pourboire",
  busy: "Veuillez patienter…",
  processing: "En cours de traitement",
  paid: "Payé",
  redirect_hint:
    "Ouverture de la page de paiement. Pour revenir ici ensuite, utilisez le bouton Retour de votre navigateur.",
  waiting_hint: "Pas encore payé. Le bouton reprend ce paiement.",
  tab_hint: "Payez dans l’autre onglet. Cette page vous préviendra quand ce sera fait.",
  qr_hint:
    "Scannez le code pour payer avec votre téléphone, ou payez sur cet appareil avec le bouton. Cette page vous préviendra quand ce sera fait.",
  qr_code: "QR code de la page de paiement",
  busy_spoken: "Ouverture de la page de paiement.",
  processing_spoken: "Votre paiement est en cours de traitement.",
  paid_spoken: "Votre paiement a été reçu.",
  reference: "Référence",
  price_now: "Le prix est maintenant de {now} (au lieu de {was}).",
  uncharged: "Rien n’a été débité.",
  network: "Le service de paiement est injoignable. Vérifiez votre connexion et réessayez.",
  bad_answer: "Le service de paiement a donné une réponse inattendue. Veuillez réessayer.",
  incomplete: "Ce bouton de paiement n’est pas entièrement configuré.",
  pay_url_not_allowed: "La page de paiement n’a pas pu être authentifiée.",
  popup_blocked:
    "La page de paiement ne peut pas être ouverte d’ici. Autorisez cette page à ouvrir des onglets, ou ouvrez-la dans son propre onglet.",
  price_changed: "Le prix a changé. Veuillez le vérifier avant de payer.",
  offer_expired: "Cette offre a expiré. Veuillez recharger la page.",
  amount_out_of_range: "Ce montant ne peut pas être payé ici.",
  quantity_out_of_range: "Cette quantité n’est pas disponible ici.",
  unavailable: "Le paiement n’a pas pu commencer. Veuillez réessayer dans quelques minutes.",
  credit_card: "Carte",
};
export default fr;
