import type { TranslatedMessages } from "../button-messages.ts";

const es: TranslatedMessages = {
  pay: "Pagar",
  buy: "Comprar ahora",
  order: "Pedir y pagar",
  book: "Reservar y pagar",
  subscribe: "Suscribirse y pagar",
  donate: "Donar",
  tip: "Dejar propina",
  error: "Reintentar",
  waiting: "Continuar el pago",
  processing: "Procesando",
  paid: "Pagado",
  tab_hint: "Pague en la otra pestaña. Esta página le avisará cuando esté hecho.",
  qr_hint: "Escanee el código para pagar con su teléfono. Esta página le avisará cuando esté hecho.",
  qr_code: "Código QR de la página de pago",
  qr_link: "Pagar en este dispositivo",
  busy_spoken: "Abriendo la página de pago.",
  processing_spoken: "Su pago se está procesando.",
  paid_spoken: "Hemos recibido su pago.",
  network: "No se puede contactar con el servicio de pago. Compruebe su conexión e inténtelo de nuevo.",
  bad_answer: "El servicio de pago ha dado una respuesta inesperada. Inténtelo de nuevo.",
  incomplete: "Este botón de pago no está configurado del todo.",
  pay_url_not_allowed: "No se ha podido confirmar que la página de pago sea auténtica. No se ha cobrado nada.",
  popup_blocked:
    "La página de pago no se puede abrir desde aquí. Permita que esta página abra pestañas, o ábrala en su propia pestaña.",
  price_changed: "El precio ha cambiado. Compruébelo antes de pagar.",
  offer_expired: "Esta oferta ha caducado. Vuelva a cargar la página.",
  amount_out_of_range: "Este importe no se puede pagar aquí.",
  quantity_out_of_range: "Esta cantidad no está disponible aquí.",
  unavailable: "No se ha podido iniciar el pago. Inténtelo de nuevo en unos minutos.",
};
export default es;
