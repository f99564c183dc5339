import type { AllMessages } from "../button-messages.ts";

const es: AllMessages = {
  pay: "Pagar",
  buy: "Comprar ahora",
  order: "Pedir y pagar",
  book: "Reservar y pagar",
  subscribe: "Suscribirse y pagar",
  donate: "Donar",
  tip: "Dejar propina",
  busy: "Espere, por favor…",
  processing: "Procesando",
  paid: "Pagado",
  redirect_hint: "Abriendo la página de pago. Para volver aquí después, use el botón Atrás de su navegador.",
  waiting_hint: "Aún no se ha pagado. El botón continúa este pago.",
  tab_hint: "Pague en la otra pestaña. Esta página le avisará cuando esté hecho.",
  qr_hint:
    "Escanee el código para pagar con su teléfono, o pague en este dispositivo con el botón. Esta página le avisará cuando esté hecho.",
  qr_code: "Código QR de la página de pago",
  busy_spoken: "Abriendo la página de pago.",
  processing_spoken: "Su pago se está procesando.",
  paid_spoken: "Hemos recibido su pago.",
  reference: "Referencia",
  price_now: "El precio es ahora {now} (antes {was}).",
  uncharged: "No se ha cobrado nada.",
  network: "No se puede contactar con el servicio de pago. Compruebe su conexión e inténtelo de nuevo.",
  bad_answer: "El servicio de pago ha dado una respuesta inesperada. Inténtelo de nuevo.",
  incomplete: "Este botón de pago no está configurado del todo.",
  pay_url_not_allowed: "No se ha podido confirmar que la página de pago sea auténtica.",
  popup_blocked:
    "La página de pago no se puede abrir desde aquí. Permita que esta página abra pestañas, o ábrala en su propia pestaña.",
  price_changed: "El precio ha cambiado. Compruébelo antes de pagar.",
  offer_expired: "Esta oferta ha caducado. Vuelva a cargar la página.",
  amount_out_of_range: "Este importe no se puede pagar aquí.",
  quantity_out_of_range: "Esta cantidad no está disponible aquí.",
  unavailable: "No se ha podido iniciar el pago. Inténtelo de nuevo en unos minutos.",
  credit_card: "Tarjeta",
};
export default es;
