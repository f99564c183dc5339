import type { AllMessages } from "../button-messages.ts";

const nl: AllMessages = {
  pay: "Betalen",
  buy: "Nu kopen",
  order: "Bestellen en betalen",
  book: "Boeken en betalen",
  subscribe: "Abonneren en betalen",
  donate: "Doneren",
  tip: "Fooi geven",
  busy: "Even geduld…",
  processing: "Wordt verwerkt",
  paid: "Betaald",
  redirect_hint: "De betaalpagina wordt geopend. Keer daarna hier terug met de terugknop van je browser.",
  waiting_hint: "Nog niet betaald. De knop gaat verder met deze betaling.",
  tab_hint: "Betaal in het andere tabblad. Deze pagina laat weten wanneer het is gelukt.",
  qr_hint:
    "Scan de code om met je telefoon te betalen, of betaal met de knop op dit apparaat. Deze pagina laat weten wanneer het is gelukt.",
  qr_code: "QR-code van de betaalpagina",
  busy_spoken: "De betaalpagina wordt geopend.",
  processing_spoken: "Je betaling wordt verwerkt.",
  paid_spoken: "Je betaling is ontvangen.",
  reference: "Referentie",
  price_now: "De prijs is nu {now} (was {was}).",
  uncharged: "Er is niets afgeschreven.",
  network: "De betaaldienst is niet bereikbaar. Controleer je verbinding en probeer het opnieuw.",
  bad_answer: "De betaaldienst gaf een onverwacht antwoord. Probeer het opnieuw.",
  incomplete: "Deze betaalknop is niet volledig ingesteld.",
  pay_url_not_allowed: "De betaalpagina kon niet als echt worden bevestigd.",
  popup_blocked:
    "De betaalpagina kan van hieruit niet worden geopend. Sta deze pagina toe tabbladen te openen, of open haar in een eigen tabblad.",
  price_changed: "De prijs is veranderd. Bekijk hem voordat je betaalt.",
  offer_expired: "Dit aanbod is verlopen. Laad de pagina opnieuw.",
  amount_out_of_range: "Dit bedrag kan hier niet worden betaald.",
  quantity_out_of_range: "Dit aantal is hier niet verkrijgbaar.",
  unavailable: "De betaling kon niet worden gestart. Probeer het over een paar minuten opnieuw.",
  credit_card: "Kaart",
};
export default nl;
