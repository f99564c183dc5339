// Registers the element, and adds its types.
import "@qonto-pay/button/react";
import { type ReactNode, useState } from "react";

const { VITE_QONTO_PAY_ENDPOINT, VITE_QONTO_PAY_KEY } = import.meta.env;

export function Mug(): ReactNode {
  const [isPaid, setIsPaid] = useState(false);
  return (
    <main>
      <h1>Estuary mug</h1>
      <qonto-pay-button
        endpoint={VITE_QONTO_PAY_ENDPOINT}
        publishableKey={VITE_QONTO_PAY_KEY}
        product="mug"
        showAmount
        onqonto-pay-status={({ report }) => setIsPaid(report.status === "paid")}
      />
      {isPaid && <p>Thank you! Your mug leaves tomorrow.</p>}
    </main>
  );
}
