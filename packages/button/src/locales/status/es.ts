import type { StatusMessages } from "../status-messages.ts";

const es: StatusMessages = {
  loading: "Consultando el estado del pago",
  loading_hint: "Está tardando más de lo habitual.",
  open: "Aún sin pagar",
  open_hint: "Esta página lo mostrará en cuanto se haga el pago.",
  processing: "Pago en curso",
  processing_hint: "Se ha realizado y aún no está confirmado. Esta página avisará cuando lo esté.",
  paid: "Pagado",
  paid_hint: "Hemos recibido su pago.",
  expired: "Ya no se puede pagar",
  expired_hint: "El plazo para pagar ha terminado.",
  canceled: "Cancelado",
  canceled_hint: "Este pago ha sido cancelado.",
  unknown: "Pago no encontrado",
  unknown_hint: "Puede que la dirección de esta página no esté completa.",
  refused: "No se puede mostrar el estado",
  refused_hint: "Esta página no está configurada del todo. Pregunte a la tienda por su pago.",
  trouble: "Estado desconocido por ahora",
  trouble_hint: "No se puede contactar con el servicio de pago. Esta página lo intenta de nuevo automáticamente.",
  offline: "Sin conexión",
  offline_hint: "Esta página mostrará el estado cuando vuelva a tener conexión.",
  amount: "Importe",
  reference: "Referencia",
  link: "Continuar el pago",
  back: "Volver a la tienda",
};
export default es;
