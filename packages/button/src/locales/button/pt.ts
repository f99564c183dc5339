import type { AllMessages } from "../button-messages.ts";

const pt: AllMessages = {
  pay: "Pagar",
  buy: "Comprar agora",
  order: "Encomendar e pagar",
  book: "Reservar e pagar",
  subscribe: "Subscrever e pagar",
  donate: "Doar",
  tip: "Deixar gorjeta",
  busy: "Aguarde…",
  processing: "A processar",
  paid: "Pago",
  redirect_hint: "A abrir a página de pagamento. Para voltar aqui depois, use o botão Retroceder do navegador.",
  waiting_hint: "Ainda não foi pago. O botão continua este pagamento.",
  tab_hint: "Pague no outro separador. Esta página avisa quando estiver concluído.",
  qr_hint:
    "Leia o código para pagar com o telemóvel, ou pague neste dispositivo com o botão. Esta página avisa quando estiver concluído.",
  qr_code: "Código QR da página de pagamento",
  busy_spoken: "A abrir a página de pagamento.",
  processing_spoken: "O seu pagamento está a ser processado.",
  paid_spoken: "O seu pagamento foi recebido.",
  reference: "Referência",
  price_now: "O preço é agora {now} (antes {was}).",
  uncharged: "Nada foi cobrado.",
  network: "Não é possível contactar o serviço de pagamento. Verifique a ligação e tente de novo.",
  bad_answer: "O serviço de pagamento deu uma resposta inesperada. Tente de novo.",
  incomplete: "Este botão de pagamento não está totalmente configurado.",
  pay_url_not_allowed: "Não foi possível confirmar que a página de pagamento é autêntica.",
  popup_blocked:
    "A página de pagamento não pode ser aberta a partir daqui. Permita que esta página abra separadores, ou abra-a num separador próprio.",
  price_changed: "O preço mudou. Verifique-o antes de pagar.",
  offer_expired: "Esta oferta expirou. Recarregue a página.",
  amount_out_of_range: "Este montante não pode ser pago aqui.",
  quantity_out_of_range: "Esta quantidade não está disponível aqui.",
  unavailable: "Não foi possível iniciar o pagamento. Tente de novo dentro de alguns minutos.",
  credit_card: "Cartão",
};
export default pt;
