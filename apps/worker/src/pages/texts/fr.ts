import type { Texts } from "./texts.ts";

export const fr: Texts = {
  brand: "Paiement par Qonto",
  sandbox: "Environnement de test : aucun débit réel",
  pay: {
    button: "Procéder au paiement",
    onward: "Vous paierez sur la page de paiement sécurisée de Qonto.",
    amount: (currency) => `Montant en ${currency}`,
    bounds: (min, max) => `De ${min} à ${max}.`,
    quantity: (quantity) => `Quantité : ${quantity}`,
    vat: (rate) => `TVA de ${rate} comprise`,
  },
  status: {
    open: {
      title: "Pas encore payé",
      text: "Nous n’avons pas encore reçu de paiement. Si vous venez de payer, cette page l’indiquera dans un instant.",
    },
    processing: {
      title: "Votre paiement est en cours de traitement",
      text: "Cela peut prendre un certain temps. Il n’est pas nécessaire de payer à nouveau.",
    },
    paid: {
      title: "Merci, le paiement est effectué",
      text: "Votre paiement a bien été reçu. Vous pouvez fermer cette page.",
    },
    expired: {
      title: "Ce paiement a expiré",
      text: "Il ne peut plus être réglé. Si vous souhaitez toujours acheter, veuillez recommencer dans la boutique.",
    },
    canceled: {
      title: "Ce paiement a été annulé",
      text: "Il ne peut plus être réglé. Si vous souhaitez toujours acheter, veuillez recommencer dans la boutique.",
    },
    reusable: {
      title: "Prêt à être payé",
      text: "Plusieurs personnes peuvent payer ici ; cette page n’affiche donc pas chaque paiement.",
    },
    amount: "Montant",
    reference: "Référence",
    pay: "Procéder au paiement",
    back: "Retour à la boutique",
    updates: "Cette page s’actualise automatiquement.",
    refresh: "Actualiser",
  },
  challenge: {
    title: "Un instant, s’il vous plaît",
    text: "Cette boutique reçoit un nombre inhabituel de demandes. Nous vérifions donc votre navigateur avant de continuer. Rien n’a été débité.",
    solving: "Vérification de votre navigateur…",
    wait: (seconds) => `Veuillez patienter ${seconds} secondes, puis continuer.`,
    goOn: "Continuer",
  },
  problems: {
    not_for_sale: {
      title: "Cet article n’est pas en vente",
      text: "Le lien est incomplet, ou la boutique ne vend plus cet article. Veuillez vous adresser à la boutique.",
    },
    no_such_checkout: {
      title: "Cette page ne peut pas être affichée",
      text: "Le lien est incomplet, ou ce paiement n’existe pas. Veuillez rouvrir le lien que vous avez reçu.",
    },
    amount: {
      title: "Ce montant ne peut pas être payé ici",
      text: "Veuillez choisir un autre montant. Rien n’a été débité.",
    },
    quantity: {
      title: "Cette quantité ne peut pas être achetée",
      text: "Veuillez choisir une autre quantité dans la boutique. Rien n’a été débité.",
    },
    not_like_this: {
      title: "Cet achat n’est pas possible ainsi",
      text: "La page de la boutique demande quelque chose qui ne peut pas être payé ici. Veuillez communiquer à la boutique le code ci-dessous. Rien n’a été débité.",
    },
    price_changed: {
      title: "Le prix a changé",
      text: "Veuillez prendre connaissance du nouveau prix avant de continuer. Rien n’a été débité.",
    },
    other_page: {
      title: "Veuillez confirmer ici",
      text: "Vous venez d’une page que la boutique ne nous a pas indiquée. Rien n’a été débité.",
    },
    not_now: {
      title: "Cette boutique ne peut pas encaisser de paiements pour le moment",
      text: "Veuillez réessayer plus tard ou vous adresser à la boutique. Rien n’a été débité.",
    },
    busy: {
      title: "La page de paiement est momentanément inaccessible",
      text: "Veuillez réessayer dans un instant.",
    },
    other: {
      title: "Cela n’a pas fonctionné",
      text: "Veuillez réessayer. Si le problème persiste, communiquez à la boutique le code ci-dessous.",
    },
    goOn: "Réessayer",
    code: "Code",
    request: "requête",
  },
};
