import type { StatusMessages } from "../status-messages.ts";

const de: StatusMessages = {
  loading: "Der Stand der Zahlung wird gelesen",
  loading_hint: "Das dauert länger als gewöhnlich.",
  open: "Noch nicht bezahlt",
  open_hint: "Diese Seite zeigt es an, sobald die Zahlung erfolgt ist.",
  processing: "Zahlung läuft",
  processing_hint: "Sie ist erfolgt und noch nicht bestätigt. Diese Seite zeigt an, sobald sie es ist.",
  paid: "Bezahlt",
  paid_hint: "Ihre Zahlung ist eingegangen.",
  expired: "Nicht mehr zahlbar",
  expired_hint: "Die Zeit zum Bezahlen ist abgelaufen.",
  canceled: "Storniert",
  canceled_hint: "Diese Zahlung wurde storniert.",
  unknown: "Zahlung nicht gefunden",
  unknown_hint: "Die Adresse dieser Seite ist vielleicht nicht vollständig.",
  refused: "Stand kann nicht angezeigt werden",
  refused_hint: "Diese Seite ist nicht vollständig eingerichtet. Fragen Sie den Shop nach Ihrer Zahlung.",
  trouble: "Stand gerade unbekannt",
  trouble_hint: "Der Zahlungsdienst ist nicht erreichbar. Diese Seite versucht es automatisch erneut.",
  offline: "Sie sind offline",
  offline_hint: "Diese Seite zeigt den Stand an, sobald Sie wieder online sind.",
  amount: "Betrag",
  reference: "Referenz",
  link: "Zahlung fortsetzen",
  back: "Zurück zum Shop",
};
export default de;
