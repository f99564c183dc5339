import type { AllMessages } from "../button-messages.ts";

const de: AllMessages = {
  pay: "Bezahlen",
  buy: "Jetzt kaufen",
  order: "Zahlungspflichtig bestellen",
  book: "Zahlungspflichtig buchen",
  subscribe: "Zahlungspflichtig abonnieren",
  donate: "Spenden",
  tip: "Trinkgeld geben",
  busy: "Bitte warten …",
  processing: "Wird verarbeitet",
  paid: "Bezahlt",
  redirect_hint:
    "Die Zahlungsseite wird geöffnet. Hierher zurück kommen Sie danach mit der Zurück-Taste Ihres Browsers.",
  waiting_hint: "Noch nicht bezahlt. Die Schaltfläche setzt diese Zahlung fort.",
  tab_hint: "Bezahlen Sie im anderen Tab. Diese Seite zeigt an, sobald die Zahlung da ist.",
  qr_hint:
    "Scannen Sie den Code, um mit dem Handy zu bezahlen, oder bezahlen Sie mit der Schaltfläche auf diesem Gerät. Diese Seite zeigt an, sobald die Zahlung da ist.",
  qr_code: "QR-Code der Zahlungsseite",
  busy_spoken: "Die Zahlungsseite wird geöffnet.",
  processing_spoken: "Ihre Zahlung wird verarbeitet.",
  paid_spoken: "Ihre Zahlung ist eingegangen.",
  reference: "Referenz",
  price_now: "Der Preis beträgt jetzt {now} (bisher {was}).",
  uncharged: "Es wurde nichts abgebucht.",
  network: "Der Zahlungsdienst ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.",
  bad_answer: "Der Zahlungsdienst hat unerwartet geantwortet. Bitte versuchen Sie es erneut.",
  incomplete: "Diese Schaltfläche ist nicht vollständig eingerichtet.",
  pay_url_not_allowed: "Die Zahlungsseite konnte nicht als echt bestätigt werden.",
  popup_blocked:
    "Die Zahlungsseite lässt sich von hier nicht öffnen. Erlauben Sie dieser Seite neue Tabs, oder öffnen Sie sie in einem eigenen Tab.",
  price_changed: "Der Preis hat sich geändert. Bitte sehen Sie ihn sich an, bevor Sie bezahlen.",
  offer_expired: "Dieses Angebot ist abgelaufen. Bitte laden Sie die Seite neu.",
  amount_out_of_range: "Dieser Betrag kann hier nicht bezahlt werden.",
  quantity_out_of_range: "Diese Menge ist hier nicht erhältlich.",
  unavailable: "Die Zahlung konnte nicht begonnen werden. Bitte versuchen Sie es in einigen Minuten erneut.",
  credit_card: "Karte",
};
export default de;
