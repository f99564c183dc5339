import { eventLog } from "./event-log.ts";
import { latestOrder } from "./latest-order.ts";
import { noticeBar } from "./notice-bar.ts";
import { OrderBook } from "./order-book.ts";
import { OrderUnderWay } from "./order-under-way.ts";
import { ordersPanel } from "./orders-panel.ts";
import { openStorage } from "./page-storage.ts";
import { watchPayments } from "./payments-state.ts";
import { ProductCard } from "./product-card.ts";
import { required } from "./required.ts";
import { salesStrip } from "./sales-strip.ts";
import { takeOrders } from "./take-orders.ts";

const visit = openStorage(() => sessionStorage);
const book = new OrderBook(openStorage(() => localStorage));
const underWay = new OrderUnderWay(visit, book);
const cards = [...document.querySelectorAll<HTMLElement>(".card")].map((root) => new ProductCard(root, book, underWay));
const cardOf = (product: string) => cards.find((card) => card.product === product);

takeOrders(cards, book);
latestOrder(required(document, ".latest-order", HTMLElement), book);
ordersPanel(required(document, "#orders", HTMLElement), required(document, ".orders-count", HTMLElement), book, {
  titleOf: (product) => cardOf(product)?.title ?? product,
  sells: (product) => cardOf(product) !== undefined,
  resume: (cart) => cardOf(cart.product)?.resume(cart),
});
eventLog(required(document, ".log", HTMLElement), required(document, ".sales-last", HTMLElement), visit);
salesStrip(required(document, ".sales", HTMLDetailsElement), visit);
watchPayments(noticeBar(required(document, ".notice", HTMLElement)));
