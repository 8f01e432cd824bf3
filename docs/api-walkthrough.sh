#!/usr/bin/env bash
# One return from the order to the receipt, by curl. Needs curl and jq.
#   BASE    where Redress is, e.g. http://127.0.0.1:8080
#   KEY     an API key of an administrator
#   CLIENT  the client's short name [northbeam]
#   ORDER   the order's number [a new order is taken in]
set -euo pipefail
: "${BASE:?}" "${KEY:?}"
CLIENT=${CLIENT:-northbeam}
api="$BASE/api/v1/clients/$CLIENT"
run=$(date +%s)-$$

say() { printf '\n== %s\n' "$*" >&2; }
get() { curl -fsS "$api/$1" -H "Authorization: Bearer $KEY"; }
# post PATH BODY: under a key of this run, so that repeating it does nothing twice.
post() {
  curl -sS --fail-with-body "$api/$1" -H "Authorization: Bearer $KEY" \
    -H 'Content-Type: application/json' -H "Idempotency-Key: $run-${1//\//-}" -d "$2"
}
put() {
  curl -sS --fail-with-body -X PUT "$api/$1" -H "Authorization: Bearer $KEY" \
    -H 'Content-Type: application/json' -d "$2"
}
# until_true TRIES JQ: reads the return until the expression holds.
until_true() {
  for _ in $(seq "$1"); do
    if get "returns/$rma" | jq -e "$2" >/dev/null; then return; fi
    sleep 1
  done
  echo "still not: $2" >&2
  exit 1
}

if [ -z "${ORDER:-}" ]; then
  ORDER="WALK-$run"
  day() { date -u -d "-$1 days" +%F; }
  say "Take in order $ORDER"
  post orders "$(jq -n --arg n "$ORDER" --arg at "$(day 14)T09:00:00Z" --arg day "$(day 10)" '
    { orders: [{ number: $n, placed_at: $at, channel: "web", buyer: "consumer",
      delivery: { country: "DE" }, currency: "EUR", prices_include_tax: true,
      lines: [{ id: "1", sku: "LAMP-1", title: "Paper lantern", quantity: 2, unit_list: 4000,
        taxes: [{ rate: 1900 }], fulfilled: 2, fulfilled_on: $day, delivered_on: $day }],
      tenders: [{ kind: "bank", reference: $n, amount: 8000 }], customer_id: $n,
      contact: { name: "Kim Lindqvist", email: "kim@shopper.example",
        address: ["Lindenweg 7", "Leipzig"], postcode: "04109" } }] }')" | jq -c .report
  # The IBAN of the example in the German bank register.
  put "orders/$ORDER/payout-account" '{"iban":"DE89370400440532013000","holder":"Kim Lindqvist"}'
fi

say "Find the order"
get "orders/$ORDER" | jq -c '{number, captured, lines: [.lines[] | {line, title, fulfilled}]}'

asked=$(jq -n --arg o "$ORDER" '
  { order: $o, lines: [{ line: 0, units: 1, reason: "changed_mind", wanted: "refund" }] }')
say "Quote"
post returns/quote "$asked" | jq -c '{verdict: .lines[0].verdict, total: .quote.total, why: [.lines[0].reasons[].text]}'
say "Ask"
rma=$(post returns "$asked" | jq -r .rma)
echo "$rma"
post returns "$asked" | jq -ec --arg rma "$rma" '{"the same again": (.rma == $rma)}'

if ! get "returns/$rma" | jq -e '.lines[0].quantities.authorised > 0' >/dev/null; then
  say "A person must look: authorise"
  post "returns/$rma/authorise" '{"lines":[{"line":0,"units":1}]}' | jq -c '{status, version}'
fi

say "Label"
until_true 20 '.parcels | length > 0'
parcel=$(get "returns/$rma" | jq -r '.parcels[0].id')
get "returns/$rma/parcels/$parcel/label.pdf" | head -c 8; echo
get "returns/$rma/parcels/$parcel/label.zpl" | head -n 1 | cut -c 1-60

say "The carrier takes it and delivers it"
post "returns/$rma/scans" "$(jq -n --arg p "$parcel" '{parcel: $p, seen: "delivered"}')" | jq -c '{status, version}'
say "The dock counts it"
post "returns/$rma/receipts" "$(jq -n --arg p "$parcel" '
  { parcel: $p, counts: [{ line: 0, units: 1 }], complete: true }')" | jq -c '{status, version}'
say "Grade and place"
post "returns/$rma/grades" '{"line":0,"units":1,"grade":"b"}' | jq -c '{status, version}'
post "returns/$rma/dispositions" '{"line":0,"units":1,"grade":"b","disposition":"open_box"}' | jq -c '{status, version}'

if get "returns/$rma" | jq -e '.refunds | length == 0' >/dev/null; then
  say "A person must decide"
  body=$(get "returns/$rma" | jq '{version,
    lines: [{ line: 0, units: 1, outcome: "refund", minor: .decision.quote.total.minor }]}')
  post "returns/$rma/decisions" "$body" | jq -c '{status, version}'
fi

say "Refund"
until_true 60 '.refunds | length > 0 and all(.state == "settled")'
get "returns/$rma" | jq -c '.refunds[] | {id, state, amount, reference}'

say "Receipts from the ledger"
for _ in $(seq 20); do
  got=$(get "returns/$rma/proofs" | jq '.receipts | length')
  [ "$got" = "$(get "returns/$rma" | jq .version)" ] && break
  sleep 1
done
get "returns/$rma/proofs" | jq -c '{vkey, receipts: (.receipts | length)}'
get "returns/$rma/proofs" | jq -r '.receipts[-1]' | head -n 3
curl -fsS "$BASE/log/$CLIENT/checkpoint" | head -n 3
