// Orders of invented shoppers, taken in through the API like a shop's own.

const day = (ago) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

let made = 0;

/** An order of Northbeam paid from a bank account. Prices are minor units; `delivered` is days ago. */
export async function order(house, { lines, country = "DE", part, currency = "EUR", told, name = "Kim Lindqvist", delivered = 5 }) {
  made += 1;
  const number = `E2E-${process.pid}-${made}`;
  const email = `kim.${made}@shopper.example`;
  const total = lines.reduce((sum, l) => sum + l.price * (l.quantity ?? 1) - (l.discount ?? 0), 0);
  await house.api("POST", "orders", {
    orders: [{
      number, placed_at: `${day(delivered + 4)}T09:00:00Z`, channel: "web", buyer: "consumer",
      delivery: { country, ...(part && { subdivision: part }) }, currency, ...(told && { told }), prices_include_tax: true,
      lines: lines.map((l, i) => ({
        id: String(i + 1), sku: l.sku, title: l.title, quantity: l.quantity ?? 1, unit_list: l.price, ...(l.discount && { line_discount: l.discount }),
        category: l.category ?? "apparel", taxes: [{ rate: 1900 }], fulfilled: l.quantity ?? 1,
        fulfilled_on: day(delivered + 2), delivered_on: day(delivered),
      })),
      tenders: [{ kind: "bank", reference: number, amount: total }], customer_id: number,
      contact: { name, email, address: ["Lindenweg 7", "Leipzig"], postcode: "04109" },
    }],
  });
  // The example account of the German bank register.
  await house.api("PUT", `orders/${number}/payout-account`, { iban: "DE89370400440532013000", holder: name });
  return { number, email, postcode: "04109", name, total };
}
