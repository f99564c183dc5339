import type { Texts } from "./texts.ts";

export const de: Texts = {
  brand: "Zahlung über Qonto",
  sandbox: "Testumgebung: Es fließt kein Geld",
  pay: {
    button: "Weiter zur Zahlung",
    onward: "Sie bezahlen auf der sicheren Zahlungsseite von Qonto.",
    amount: (currency) => `Betrag in ${currency}`,
    bounds: (min, max) => `Von ${min} bis ${max}.`,
    quantity: (quantity) => `Menge: ${quantity}`,
    vat: (rate) => `Inklusive ${rate} MwSt.`,
  },
  status: {
    open: {
      title: "Noch nicht bezahlt",
      text: "Bei uns ist noch keine Zahlung eingegangen. Falls Sie gerade bezahlt haben, wird das hier gleich angezeigt.",
    },
    processing: {
      title: "Ihre Zahlung wird bearbeitet",
      text: "Das kann eine Weile dauern. Sie müssen nicht noch einmal bezahlen.",
    },
    paid: {
      title: "Vielen Dank, es ist bezahlt",
      text: "Ihre Zahlung ist eingegangen. Sie können diese Seite schließen.",
    },
    expired: {
      title: "Diese Zahlung ist abgelaufen",
      text: "Sie kann nicht mehr ausgeführt werden. Wenn Sie weiterhin kaufen möchten, beginnen Sie bitte im Shop von vorn.",
    },
    canceled: {
      title: "Diese Zahlung wurde storniert",
      text: "Sie kann nicht mehr ausgeführt werden. Wenn Sie weiterhin kaufen möchten, beginnen Sie bitte im Shop von vorn.",
    },
    reusable: {
      title: "Bereit zur Zahlung",
      text: "Hier können mehrere Personen bezahlen; einzelne Zahlungen werden deshalb nicht angezeigt.",
    },
    amount: "Betrag",
    reference: "Referenz",
    pay: "Weiter zur Zahlung",
    back: "Zurück zum Shop",
    updates: "Diese Seite aktualisiert sich von selbst.",
    refresh: "Aktualisieren",
  },
  challenge: {
    title: "Einen Moment bitte",
    text: "Bei diesem Shop gehen gerade ungewöhnlich viele Anfragen ein. Deshalb prüfen wir Ihren Browser, bevor es weitergeht. Es wurde nichts abgebucht.",
    solving: "Ihr Browser wird geprüft …",
    wait: (seconds) => `Bitte warten Sie ${seconds} Sekunden, und fahren Sie dann fort.`,
    goOn: "Weiter",
  },
  problems: {
    not_for_sale: {
      title: "Das wird hier nicht verkauft",
      text: "Der Link ist unvollständig, oder der Shop verkauft das nicht mehr. Bitte wenden Sie sich an den Shop.",
    },
    no_such_checkout: {
      title: "Diese Seite kann nicht angezeigt werden",
      text: "Der Link ist unvollständig, oder es gibt diese Zahlung nicht. Bitte öffnen Sie den Link noch einmal dort, wo Sie ihn erhalten haben.",
    },
    amount: {
      title: "Dieser Betrag kann hier nicht bezahlt werden",
      text: "Bitte wählen Sie einen anderen Betrag. Es wurde nichts abgebucht.",
    },
    quantity: {
      title: "Diese Menge kann nicht gekauft werden",
      text: "Bitte wählen Sie im Shop eine andere Menge. Es wurde nichts abgebucht.",
    },
    not_like_this: {
      title: "So kann das nicht gekauft werden",
      text: "Die Seite des Shops verlangt etwas, das hier nicht bezahlt werden kann. Bitte nennen Sie dem Shop den Code unten. Es wurde nichts abgebucht.",
    },
    price_changed: {
      title: "Der Preis hat sich geändert",
      text: "Bitte sehen Sie sich den neuen Preis an, bevor Sie fortfahren. Es wurde nichts abgebucht.",
    },
    other_page: {
      title: "Bitte bestätigen Sie hier",
      text: "Sie kommen von einer Seite, die uns der Shop nicht genannt hat. Es wurde nichts abgebucht.",
    },
    not_now: {
      title: "Dieser Shop kann zurzeit keine Zahlungen annehmen",
      text: "Bitte versuchen Sie es später noch einmal, oder wenden Sie sich an den Shop. Es wurde nichts abgebucht.",
    },
    busy: {
      title: "Die Zahlungsseite ist gerade nicht erreichbar",
      text: "Bitte versuchen Sie es gleich noch einmal.",
    },
    other: {
      title: "Das hat nicht geklappt",
      text: "Bitte versuchen Sie es noch einmal. Wenn es wieder geschieht, nennen Sie dem Shop den Code unten.",
    },
    goOn: "Noch einmal versuchen",
    code: "Code",
    request: "Anfrage",
  },
};
