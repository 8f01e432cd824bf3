# El importe, igual en todas partes: sus cifras, qué cambió y por qué.
quote-before = Antes:
quote-now = Ahora:
quote-changed-title = Qué ha cambiado en este importe
quote-changed-total = Antes { $from }, ahora { $to }.
quote-goes = Se abona en: { $tender }
quote-difference-payment = el pago de la diferencia
quote-tax-inside = Incluye { $amount } de impuestos
quote-tender-card = tarjeta
quote-tender-gift-card = tarjeta regalo
quote-tender-store-credit = saldo en la tienda
quote-tender-bank = cuenta bancaria
quote-grade-a = precintado, como nuevo
quote-grade-b = abierto, como nuevo
quote-grade-c = con señales de uso
quote-grade-d = dañado, se puede reparar
quote-grade-e = sin reparación posible
quote-fact-asked = { $item }: se piden { $to } en lugar de { $from }.
quote-fact-reason = { $item }: el motivo es ahora «{ $to }»; antes era «{ $from }».
quote-fact-wanted = { $item }: ahora se quiere { $to }; antes era { $from }.
quote-fact-state = { $item }: su estado se describió de otra manera.
quote-fact-evidence = { $item }: las pruebas no son las mismas que antes.
quote-fact-missing = { $item }: { $n ->
    [one] { $n } no llegó.
   *[other] { $n } no llegaron.
}
quote-fact-rejected = { $item }: { $n ->
    [one] { $n } no aceptado
   *[other] { $n } no aceptados
} tras la revisión.
quote-fact-grade = { $item }: { $n ->
    [one] { $n } revisado
   *[other] { $n } revisados
}, estado: { $grade }.
quote-fact-granted = { $item }: aceptado ahora.
quote-fact-not-granted = { $item }: ya no se acepta, en todo o en parte.
quote-fact-law = Se aplica otra versión de la ley.
quote-fact-holidays = El calendario de días festivos ha cambiado.
quote-fact-day = Ahora se pide el { $to }; antes era el { $from }.
quote-fact-order = El pedido ha cambiado: por otra devolución, un reembolso, una retrocesión o en la tienda.
quote-again-title = El importe ha cambiado desde que lo vio
quote-again-do = Aún no se ha enviado nada. Mire las nuevas cifras y vuelva a enviar si está de acuerdo.
quote-print = Importe para imprimir
quote-print-now = Imprimir
quote-sheet-of = Devolución { $rma }, pedido { $number }
quote-sheet-as-of = A { $date }
quote-choices-title = Lo que da cada opción
quote-choices-now = lo elegido
quote-choices-more = { $amount } más que lo elegido
quote-choices-less = { $amount } menos que lo elegido
quote-choices-same = lo mismo que lo elegido
quote-choices-bonus = con { $amount } de saldo extra
quote-choices-goods = Artículo en lugar de dinero; se descuentan { $amount }

way-title = Pagos, paso a paso
way-quoted = Calculado
way-approved = Aprobado
way-approved-wrong = no aprobado
way-sent = Enviado
way-confirmed = Confirmado
way-confirmed-wrong = no ha llegado
