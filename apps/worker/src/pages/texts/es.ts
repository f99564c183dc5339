import type { Texts } from "./texts.ts";

export const es: Texts = {
  brand: "Pago con Qonto",
  sandbox: "Entorno de pruebas: no se mueve dinero",
  pay: {
    button: "Ir al pago",
    onward: "Pagará en la página de pago segura de Qonto.",
    amount: (currency) => `Importe en ${currency}`,
    bounds: (min, max) => `De ${min} a ${max}.`,
    quantity: (quantity) => `Cantidad: ${quantity}`,
    vat: (rate) => `IVA del ${rate} incluido`,
  },
  status: {
    open: {
      title: "Todavía no está pagado",
      text: "Aún no hemos recibido ningún pago. Si acaba de pagar, esta página lo mostrará en un momento.",
    },
    processing: {
      title: "Su pago se está procesando",
      text: "Puede tardar un poco. No es necesario que vuelva a pagar.",
    },
    paid: { title: "Gracias, el pago está hecho", text: "Hemos recibido su pago. Puede cerrar esta página." },
    expired: {
      title: "Este pago ha caducado",
      text: "Ya no se puede pagar. Si todavía desea comprar, empiece de nuevo en la tienda.",
    },
    canceled: {
      title: "Este pago se ha cancelado",
      text: "Ya no se puede pagar. Si todavía desea comprar, empiece de nuevo en la tienda.",
    },
    reusable: {
      title: "Listo para pagar",
      text: "Aquí pueden pagar varias personas, por lo que esta página no muestra cada pago.",
    },
    amount: "Importe",
    reference: "Referencia",
    pay: "Ir al pago",
    back: "Volver a la tienda",
    updates: "Esta página se actualiza sola.",
    refresh: "Actualizar",
  },
  challenge: {
    title: "Un momento, por favor",
    text: "Esta tienda está recibiendo muchas más solicitudes de lo habitual, así que comprobamos su navegador antes de continuar. No se ha cobrado nada.",
    solving: "Comprobando su navegador…",
    wait: (seconds) => `Espere ${seconds} segundos y después continúe.`,
    goOn: "Continuar",
  },
  problems: {
    not_for_sale: {
      title: "Este artículo no está a la venta",
      text: "El enlace está incompleto o la tienda ya no vende este artículo. Consulte con la tienda.",
    },
    no_such_checkout: {
      title: "No se puede mostrar esta página",
      text: "El enlace está incompleto o este pago no existe. Vuelva a abrir el enlace que recibió.",
    },
    amount: {
      title: "Este importe no se puede pagar aquí",
      text: "Elija otro importe. No se ha cobrado nada.",
    },
    quantity: {
      title: "No se puede comprar esta cantidad",
      text: "Elija otra cantidad en la tienda. No se ha cobrado nada.",
    },
    not_like_this: {
      title: "Esto no se puede comprar así",
      text: "La página de la tienda pide algo que no se puede pagar aquí. Indique a la tienda el código que figura abajo. No se ha cobrado nada.",
    },
    price_changed: {
      title: "El precio ha cambiado",
      text: "Compruebe el nuevo precio antes de continuar. No se ha cobrado nada.",
    },
    other_page: {
      title: "Confirme aquí, por favor",
      text: "Viene de una página que la tienda no nos ha indicado. No se ha cobrado nada.",
    },
    not_now: {
      title: "Esta tienda no puede aceptar pagos en este momento",
      text: "Inténtelo más tarde o consulte con la tienda. No se ha cobrado nada.",
    },
    busy: {
      title: "La página de pago no está disponible en este momento",
      text: "Inténtelo de nuevo en un momento.",
    },
    other: {
      title: "Algo no ha funcionado",
      text: "Inténtelo de nuevo. Si vuelve a ocurrir, indique a la tienda el código que figura abajo.",
    },
    goOn: "Intentarlo de nuevo",
    code: "Código",
    request: "solicitud",
  },
};
