# Una frase por código de kernel::ReasonCode. Valores: $date, $amount, $number, $text. Palabras
# sencillas, dichas al comprador y al agente.
reason-window-open = Lo ha pedido a tiempo: se aceptan devoluciones hasta el { $date }.
reason-window-closed = El plazo de devolución ha terminado. El último día fue el { $date }.
reason-window-not-started = El plazo de devolución aún no ha empezado. Empieza cuando llegan los artículos.
reason-category-excluded = La tienda no acepta devoluciones de este tipo de artículos.
reason-not-eligible = La tienda no acepta devoluciones de este valor o esta cantidad.
reason-condition-not-met = Los artículos no están en el estado que pide la tienda.
reason-final-sale = Este artículo se vendió como venta final, así que la tienda no lo acepta.
reason-reason-not-accepted = La tienda no acepta devoluciones por el motivo dado.
reason-evidence-missing = Necesitamos algo más para decidir: { $text }.
reason-above-approval-limit = Supera { $amount }, así que antes debe aprobarlo una persona.
reason-returnless-below-threshold = Puede quedarse el artículo. Por debajo de { $amount } no hace falta enviarlo.
reason-returnless-donate = No hace falta que devuelva el artículo. Dónelo, por favor, a una organización benéfica cercana.
reason-statutory-withdrawal = Por ley puede cambiar de opinión y desistir hasta el { $date }.
reason-statutory-withdrawal-open = Por ley puede cambiar de opinión y desistir; aún no corre ningún último día.
reason-statutory-withdrawal-ended = El plazo legal de desistimiento ha terminado. El último día fue el { $date }.
reason-statutory-exemption = La ley hace una excepción al derecho de desistimiento: { $text }.
reason-statutory-conformity = Por ley el vendedor responde de los defectos hasta el { $date }.
reason-statutory-conformity-open = Por ley el vendedor responde de los defectos; la ley no fija un último día.
reason-statutory-short-term-reject = Por ley puede rechazar un artículo defectuoso y recuperar su dinero hasta el { $date }.
reason-statutory-short-term-reject-open = Por ley puede rechazar un artículo defectuoso y recuperar su dinero; la ley no fija un último día.
reason-no-statutory-floor = La ley de su lugar no fija aquí un mínimo, así que deciden las reglas de la tienda.
reason-law-overrides-policy = La ley le da más que las reglas de la tienda, así que se aplica la ley.
reason-business-buyer = Lo compró una empresa, así que no se aplican los derechos del consumidor.
reason-merchant-fault = La culpa no es suya: no hay cargo y el envío de vuelta está pagado.
reason-no-units-left = Ha pedido más unidades de las que aún se pueden devolver. { $number ->
    [0] No queda ninguna.
    [one] Queda una.
   *[other] Quedan { $number }.
}
reason-unit-in-other-case = Este artículo ya está en la devolución { $text }.
reason-not-fulfilled = Este artículo aún no se ha enviado. Puede cancelarlo en su lugar.
reason-nothing-paid = No se pagó nada por este artículo, así que no hay nada que reembolsar.
reason-paid-value = Esto es lo que se pagó: { $amount }.
reason-discount-share = Los descuentos del pedido restaron { $amount } al precio, así que no se reembolsan.
reason-partial-amount = Una parte de lo pagado: { $amount }, impuestos incluidos.
reason-charge-refunded = Este cargo vuelve con los artículos: { $amount }.
reason-gift-card-spent = { $amount } de la tarjeta regalo ya se han gastado.
reason-promotion-kept = Conserva el descuento, aunque el resto del pedido solo no lo habría alcanzado.
reason-promotion-clawed-back = Lo que conserva no habría alcanzado el descuento, así que se restan { $amount }.
reason-promotion-restored = Se le devuelven { $amount } de descuento que antes se restaron.
reason-bonus-credit = { $amount } de saldo extra. Es promocional y nunca se paga en dinero.
reason-value-loss-not-taken = Aquí no se resta nada por pérdida de valor. Habrían sido { $amount }.
reason-shipping-with-rest = La entrega ({ $amount }) se reembolsa cuando vuelva también el resto del pedido.
reason-fee-charged = Las reglas prevén un cargo de { $amount }.
reason-fee-waived = El cargo no se aplica aquí.
reason-shipping-refunded = Recibe { $amount } por la entrega.
reason-shipping-kept = Los gastos de entrega no se reembolsan.
reason-return-cost-customer = Usted paga el envío de vuelta: { $amount }.
reason-return-cost-merchant = La tienda paga el envío de vuelta.
reason-value-loss-deducted = Se restan { $amount } porque los artículos perdieron valor por el uso.
reason-ceiling-applied = El reembolso se limita a { $amount }, que es todo lo que queda de lo pagado.
reason-override = Lo decidió una persona autorizada. Su motivo: { $text }.
reason-refund-control = El dinero se envía en cuanto se cumple esto: { $text }.
reason-refund-due = El reembolso debe hacerse como muy tarde el { $date }.
reason-outcomes-limited = En este caso podemos ofrecer: { $text }.
reason-wrong-item-received = Lo que llegó no es lo anunciado.
reason-units-missing = Llegaron menos unidades de las anunciadas. { $number ->
    [one] Falta una.
   *[other] Faltan { $number }.
}
reason-needs-review = Una persona debe mirar esto antes de seguir.
