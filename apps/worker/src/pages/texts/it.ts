import type { Texts } from "./texts.ts";

export const it: Texts = {
  brand: "Pagamento con Qonto",
  sandbox: "Ambiente di prova: nessun addebito reale",
  pay: {
    button: "Vai al pagamento",
    onward: "Il pagamento avviene sulla pagina sicura di Qonto.",
    amount: (currency) => `Importo in ${currency}`,
    bounds: (min, max) => `Da ${min} a ${max}.`,
    quantity: (quantity) => `Quantità: ${quantity}`,
    vat: (rate) => `IVA al ${rate} inclusa`,
  },
  status: {
    open: {
      title: "Non ancora pagato",
      text: "Non abbiamo ancora ricevuto alcun pagamento. Se ha appena pagato, questa pagina lo mostrerà tra poco.",
    },
    processing: {
      title: "Il Suo pagamento è in elaborazione",
      text: "Può richiedere un po’ di tempo. Non è necessario pagare di nuovo.",
    },
    paid: {
      title: "Grazie, il pagamento è stato effettuato",
      text: "Abbiamo ricevuto il Suo pagamento. Può chiudere questa pagina.",
    },
    expired: {
      title: "Questo pagamento è scaduto",
      text: "Non può più essere effettuato. Se desidera ancora acquistare, ricominci dal negozio.",
    },
    canceled: {
      title: "Questo pagamento è stato annullato",
      text: "Non può più essere effettuato. Se desidera ancora acquistare, ricominci dal negozio.",
    },
    reusable: {
      title: "Pronto per il pagamento",
      text: "Qui possono pagare più persone, perciò questa pagina non mostra i singoli pagamenti.",
    },
    amount: "Importo",
    reference: "Riferimento",
    pay: "Vai al pagamento",
    back: "Torna al negozio",
    updates: "Questa pagina si aggiorna da sola.",
    refresh: "Aggiorna",
  },
  challenge: {
    title: "Un momento, per favore",
    text: "Questo negozio sta ricevendo un numero insolito di richieste, quindi verifichiamo il browser prima di continuare. Non è stato addebitato nulla.",
    solving: "Verifica del browser…",
    wait: (seconds) => `Attenda ${seconds} secondi, poi continui.`,
    goOn: "Continua",
  },
  problems: {
    not_for_sale: {
      title: "Questo articolo non è in vendita",
      text: "Il link è incompleto oppure il negozio non vende più questo articolo. Si rivolga al negozio.",
    },
    no_such_checkout: {
      title: "Non è possibile mostrare questa pagina",
      text: "Il link è incompleto oppure questo pagamento non esiste. Apra di nuovo il link che ha ricevuto.",
    },
    amount: {
      title: "Questo importo non può essere pagato qui",
      text: "Scelga un altro importo. Non è stato addebitato nulla.",
    },
    quantity: {
      title: "Questa quantità non può essere acquistata",
      text: "Scelga un’altra quantità nel negozio. Non è stato addebitato nulla.",
    },
    not_like_this: {
      title: "Questo acquisto non è possibile così",
      text: "La pagina del negozio chiede qualcosa che qui non può essere pagato. Comunichi al negozio il codice qui sotto. Non è stato addebitato nulla.",
    },
    price_changed: {
      title: "Il prezzo è cambiato",
      text: "Verifichi il nuovo prezzo prima di continuare. Non è stato addebitato nulla.",
    },
    other_page: {
      title: "Confermi qui, per favore",
      text: "Proviene da una pagina che il negozio non ci ha indicato. Non è stato addebitato nulla.",
    },
    not_now: {
      title: "Al momento questo negozio non può accettare pagamenti",
      text: "Riprovi più tardi o si rivolga al negozio. Non è stato addebitato nulla.",
    },
    busy: {
      title: "La pagina di pagamento non è raggiungibile in questo momento",
      text: "Riprovi tra poco.",
    },
    other: {
      title: "Qualcosa non ha funzionato",
      text: "Riprovi. Se succede di nuovo, comunichi al negozio il codice qui sotto.",
    },
    goOn: "Riprova",
    code: "Codice",
    request: "richiesta",
  },
};
