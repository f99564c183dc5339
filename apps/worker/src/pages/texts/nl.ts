import type { Texts } from "./texts.ts";

export const nl: Texts = {
  brand: "Betaling via Qonto",
  sandbox: "Testomgeving: er wordt niets afgeschreven",
  pay: {
    button: "Naar de betaling",
    onward: "U betaalt op de beveiligde betaalpagina van Qonto.",
    amount: (currency) => `Bedrag in ${currency}`,
    bounds: (min, max) => `Van ${min} tot ${max}.`,
    quantity: (quantity) => `Aantal: ${quantity}`,
    vat: (rate) => `Inclusief ${rate} btw`,
  },
  status: {
    open: {
      title: "Nog niet betaald",
      text: "Wij hebben nog geen betaling ontvangen. Als u zojuist hebt betaald, ziet u dat hier over een ogenblik.",
    },
    processing: {
      title: "Uw betaling wordt verwerkt",
      text: "Dit kan even duren. U hoeft niet nogmaals te betalen.",
    },
    paid: {
      title: "Dank u, er is betaald",
      text: "Uw betaling is ontvangen. U kunt deze pagina sluiten.",
    },
    expired: {
      title: "Deze betaling is verlopen",
      text: "Er kan niet meer worden betaald. Wilt u nog steeds kopen, begin dan opnieuw in de winkel.",
    },
    canceled: {
      title: "Deze betaling is geannuleerd",
      text: "Er kan niet meer worden betaald. Wilt u nog steeds kopen, begin dan opnieuw in de winkel.",
    },
    reusable: {
      title: "Klaar om te betalen",
      text: "Hier kunnen meerdere personen betalen; afzonderlijke betalingen worden daarom niet getoond.",
    },
    amount: "Bedrag",
    reference: "Referentie",
    pay: "Naar de betaling",
    back: "Terug naar de winkel",
    updates: "Deze pagina wordt vanzelf bijgewerkt.",
    refresh: "Vernieuwen",
  },
  challenge: {
    title: "Een ogenblik, alstublieft",
    text: "Deze winkel ontvangt ongewoon veel aanvragen. Daarom controleren we uw browser voordat u verdergaat. Er is niets afgeschreven.",
    solving: "Uw browser wordt gecontroleerd…",
    wait: (seconds) => `Wacht ${seconds} seconden en ga dan verder.`,
    goOn: "Doorgaan",
  },
  problems: {
    not_for_sale: {
      title: "Dit is niet te koop",
      text: "De link is onvolledig, of de winkel verkoopt dit niet meer. Neem contact op met de winkel.",
    },
    no_such_checkout: {
      title: "Deze pagina kan niet worden getoond",
      text: "De link is onvolledig, of deze betaling bestaat niet. Open de link opnieuw vanaf de plek waar u die hebt ontvangen.",
    },
    amount: {
      title: "Dit bedrag kan hier niet worden betaald",
      text: "Kies een ander bedrag. Er is niets afgeschreven.",
    },
    quantity: {
      title: "Dit aantal kan niet worden gekocht",
      text: "Kies een ander aantal in de winkel. Er is niets afgeschreven.",
    },
    not_like_this: {
      title: "Dit kan niet op deze manier worden gekocht",
      text: "De pagina van de winkel vraagt iets dat hier niet kan worden betaald. Geef de winkel de onderstaande code door. Er is niets afgeschreven.",
    },
    price_changed: {
      title: "De prijs is gewijzigd",
      text: "Bekijk de nieuwe prijs voordat u verdergaat. Er is niets afgeschreven.",
    },
    other_page: {
      title: "Bevestig het hier",
      text: "U komt van een pagina die de winkel niet aan ons heeft doorgegeven. Er is niets afgeschreven.",
    },
    not_now: {
      title: "Deze winkel kan op dit moment geen betalingen aannemen",
      text: "Probeer het later opnieuw of neem contact op met de winkel. Er is niets afgeschreven.",
    },
    busy: {
      title: "De betaalpagina is op dit moment niet bereikbaar",
      text: "Probeer het over een ogenblik opnieuw.",
    },
    other: {
      title: "Dat is niet gelukt",
      text: "Probeer het opnieuw. Gebeurt het nogmaals, geef de winkel dan de onderstaande code door.",
    },
    goOn: "Opnieuw proberen",
    code: "Code",
    request: "aanvraag",
  },
};
