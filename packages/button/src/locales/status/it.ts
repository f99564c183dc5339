import type { StatusMessages } from "../status-messages.ts";

const it: StatusMessages = {
  loading: "Lettura dello stato del pagamento",
  loading_hint: "Richiede più tempo del solito.",
  open: "Non ancora pagato",
  open_hint: "Questa pagina lo mostrerà a pagamento avvenuto.",
  processing: "Pagamento in corso",
  processing_hint: "È stato effettuato e non è ancora confermato. Questa pagina ti avviserà.",
  paid: "Pagato",
  paid_hint: "Il pagamento è stato ricevuto.",
  expired: "Non più pagabile",
  expired_hint: "Il tempo per pagare è scaduto.",
  canceled: "Annullato",
  canceled_hint: "Questo pagamento è stato annullato.",
  unknown: "Pagamento non trovato",
  unknown_hint: "L’indirizzo di questa pagina forse non è completo.",
  refused: "Stato non visualizzabile",
  refused_hint: "Questa pagina non è configurata del tutto. Chiedi al negozio del tuo pagamento.",
  trouble: "Stato al momento sconosciuto",
  trouble_hint: "Il servizio di pagamento non è raggiungibile. Questa pagina riprova automaticamente.",
  offline: "Sei offline",
  offline_hint: "Questa pagina mostrerà lo stato quando tornerai online.",
  amount: "Importo",
  reference: "Riferimento",
  link: "Continua il pagamento",
  back: "Torna al negozio",
};
export default it;
