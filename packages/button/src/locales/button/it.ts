import type { AllMessages } from "../button-messages.ts";

const it: AllMessages = {
  pay: "Paga",
  buy: "Acquista ora",
  order: "Ordina e paga",
  book: "Prenota e paga",
  subscribe: "Abbonati e paga",
  donate: "Dona",
  tip: "Lascia una mancia",
  busy: "Attendi…",
  processing: "In elaborazione",
  paid: "Pagato",
  redirect_hint: "Apertura della pagina di pagamento. Per tornare qui dopo, usa il pulsante Indietro del browser.",
  waiting_hint: "Non ancora pagato. Il pulsante riprende questo pagamento.",
  tab_hint: "Paga nell’altra scheda. Questa pagina ti avviserà a pagamento avvenuto.",
  qr_hint:
    "Inquadra il codice per pagare con il telefono, oppure paga su questo dispositivo con il pulsante. Questa pagina ti avviserà a pagamento avvenuto.",
  qr_code: "Codice QR della pagina di pagamento",
  busy_spoken: "Apertura della pagina di pagamento.",
  processing_spoken: "Il pagamento è in elaborazione.",
  paid_spoken: "Il pagamento è stato ricevuto.",
  reference: "Riferimento",
  price_now: "Il prezzo ora è {now} (prima {was}).",
  uncharged: "Nessun addebito è stato effettuato.",
  network: "Il servizio di pagamento non è raggiungibile. Controlla la connessione e riprova.",
  bad_answer: "Il servizio di pagamento ha dato una risposta inattesa. Riprova.",
  incomplete: "Questo pulsante di pagamento non è configurato del tutto.",
  pay_url_not_allowed: "Non è stato possibile verificare la pagina di pagamento.",
  popup_blocked:
    "La pagina di pagamento non può essere aperta da qui. Consenti a questa pagina di aprire schede, oppure aprila in una scheda a sé.",
  price_changed: "Il prezzo è cambiato. Controllalo prima di pagare.",
  offer_expired: "Questa offerta è scaduta. Ricarica la pagina.",
  amount_out_of_range: "Questo importo non può essere pagato qui.",
  quantity_out_of_range: "Questa quantità non è disponibile qui.",
  unavailable: "Non è stato possibile avviare il pagamento. Riprova tra qualche minuto.",
  credit_card: "Carta",
};
export default it;
