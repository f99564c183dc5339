import type { Texts } from "./texts.ts";

export const pt: Texts = {
  brand: "Pagamento com Qonto",
  sandbox: "Ambiente de testes: nenhum valor é cobrado",
  pay: {
    button: "Avançar para o pagamento",
    onward: "O pagamento é feito na página segura da Qonto.",
    amount: (currency) => `Montante em ${currency}`,
    bounds: (min, max) => `De ${min} a ${max}.`,
    quantity: (quantity) => `Quantidade: ${quantity}`,
    vat: (rate) => `IVA de ${rate} incluído`,
  },
  status: {
    open: {
      title: "Ainda não está pago",
      text: "Ainda não recebemos nenhum pagamento. Se acabou de pagar, esta página irá mostrá-lo dentro de momentos.",
    },
    processing: {
      title: "O seu pagamento está a ser processado",
      text: "Pode demorar algum tempo. Não é necessário pagar novamente.",
    },
    paid: {
      title: "Obrigado, o pagamento está feito",
      text: "O seu pagamento foi recebido. Pode fechar esta página.",
    },
    expired: {
      title: "Este pagamento expirou",
      text: "Já não pode ser pago. Se ainda desejar comprar, comece de novo na loja.",
    },
    canceled: {
      title: "Este pagamento foi cancelado",
      text: "Já não pode ser pago. Se ainda desejar comprar, comece de novo na loja.",
    },
    reusable: {
      title: "Pronto para pagar",
      text: "Várias pessoas podem pagar aqui, por isso esta página não mostra cada pagamento.",
    },
    amount: "Montante",
    reference: "Referência",
    pay: "Avançar para o pagamento",
    back: "Voltar à loja",
    updates: "Esta página atualiza-se automaticamente.",
    refresh: "Atualizar",
  },
  challenge: {
    title: "Um momento, por favor",
    text: "Esta loja está a receber um número invulgar de pedidos. Por isso, verificamos o seu navegador antes de continuar. Nada foi cobrado.",
    solving: "A verificar o seu navegador…",
    wait: (seconds) => `Aguarde ${seconds} segundos e depois continue.`,
    goOn: "Continuar",
  },
  problems: {
    not_for_sale: {
      title: "Este artigo não está à venda",
      text: "A ligação está incompleta ou a loja já não vende este artigo. Contacte a loja.",
    },
    no_such_checkout: {
      title: "Não é possível mostrar esta página",
      text: "A ligação está incompleta ou este pagamento não existe. Abra novamente a ligação que recebeu.",
    },
    amount: {
      title: "Este montante não pode ser pago aqui",
      text: "Escolha outro montante. Nada foi cobrado.",
    },
    quantity: {
      title: "Esta quantidade não pode ser comprada",
      text: "Escolha outra quantidade na loja. Nada foi cobrado.",
    },
    not_like_this: {
      title: "Esta compra não é possível desta forma",
      text: "A página da loja pede algo que não pode ser pago aqui. Indique à loja o código abaixo. Nada foi cobrado.",
    },
    price_changed: {
      title: "O preço mudou",
      text: "Verifique o novo preço antes de continuar. Nada foi cobrado.",
    },
    other_page: {
      title: "Confirme aqui, por favor",
      text: "Vem de uma página que a loja não nos indicou. Nada foi cobrado.",
    },
    not_now: {
      title: "Esta loja não pode aceitar pagamentos neste momento",
      text: "Tente novamente mais tarde ou contacte a loja. Nada foi cobrado.",
    },
    busy: {
      title: "A página de pagamento não está acessível neste momento",
      text: "Tente novamente dentro de momentos.",
    },
    other: {
      title: "Algo não funcionou",
      text: "Tente novamente. Se voltar a acontecer, indique à loja o código abaixo.",
    },
    goOn: "Tentar novamente",
    code: "Código",
    request: "pedido",
  },
};
