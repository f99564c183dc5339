import type { StatusMessages } from "../status-messages.ts";

const nl: StatusMessages = {
  loading: "De status van de betaling wordt opgehaald",
  loading_hint: "Dit duurt langer dan normaal.",
  open: "Nog niet betaald",
  open_hint: "Deze pagina laat het zien zodra er is betaald.",
  processing: "Betaling in behandeling",
  processing_hint: "Er is betaald en het is nog niet bevestigd. Deze pagina laat het zien.",
  paid: "Betaald",
  paid_hint: "Je betaling is ontvangen.",
  expired: "Niet meer te betalen",
  expired_hint: "De betaaltermijn is verstreken.",
  canceled: "Geannuleerd",
  canceled_hint: "Deze betaling is geannuleerd.",
  unknown: "Betaling niet gevonden",
  unknown_hint: "Het adres van deze pagina is misschien niet volledig.",
  refused: "Status kan niet worden getoond",
  refused_hint: "Deze pagina is niet volledig ingesteld. Vraag de winkel naar je betaling.",
  trouble: "Status nu onbekend",
  trouble_hint: "De betaaldienst is niet bereikbaar. Deze pagina probeert het automatisch opnieuw.",
  offline: "Je bent offline",
  offline_hint: "Deze pagina laat de status zien zodra je weer online bent.",
  amount: "Bedrag",
  reference: "Referentie",
  link: "Verder met betalen",
  back: "Terug naar de winkel",
};
export default nl;
