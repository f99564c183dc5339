import type { StatusMessages } from "../status-messages.ts";

const pt: StatusMessages = {
  loading: "A ler o estado do pagamento",
  loading_hint: "Está a demorar mais do que o habitual.",
  open: "Ainda não pago",
  open_hint: "Esta página mostra-o assim que o pagamento for feito.",
  processing: "Pagamento em curso",
  processing_hint: "Foi feito e ainda não está confirmado. Esta página avisa quando estiver.",
  paid: "Pago",
  paid_hint: "O seu pagamento foi recebido.",
  expired: "Já não pode ser pago",
  expired_hint: "O prazo para pagar terminou.",
  canceled: "Cancelado",
  canceled_hint: "Este pagamento foi cancelado.",
  unknown: "Pagamento não encontrado",
  unknown_hint: "O endereço desta página pode não estar completo.",
  refused: "Não é possível mostrar o estado",
  refused_hint: "Esta página não está totalmente configurada. Pergunte à loja pelo seu pagamento.",
  trouble: "Estado desconhecido de momento",
  trouble_hint: "Não é possível contactar o serviço de pagamento. Esta página tenta de novo automaticamente.",
  offline: "Está offline",
  offline_hint: "Esta página mostra o estado quando voltar a estar online.",
  amount: "Montante",
  reference: "Referência",
  link: "Continuar o pagamento",
  back: "Voltar à loja",
};
export default pt;
