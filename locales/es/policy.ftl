# Las cláusulas de la política de devoluciones de un cliente tal como las leen los compradores: palabras
# sencillas, frases cortas. Importes, porcentajes y días llegan ya escritos; los números eligen aquí su plural.

clause-scope-channel = { $channel ->
    [online] Pedidos de la tienda en línea
    [store] Compras en tienda
    [marketplace] Pedidos de un mercado en línea
    [phone] Pedidos por teléfono
   *[business] Pedidos de empresas
}
clause-scope-market = Mercado: { $name }
clause-scope-category = Productos: { $name }
clause-scope-product = Artículo: { $name }

# Partes de frases.
within-days = { $days ->
    [one] un día
   *[other] { $days } días
}
quoted = «{ $text }»
fee-name = { $kind ->
    [restocking] Cargo por reposición
    [handling] Cargo por gestión
    [return_label] Etiqueta de devolución
   *[late] Cargo por devolución tardía
}
refund-when = { $control ->
    [immediate] de inmediato
    [approved] cuando se aprueba la devolución
    [first_scan] cuando el transportista ha registrado su paquete
    [delivered] cuando su paquete nos ha llegado
    [received] cuando hemos contado los artículos
   *[inspected] cuando hemos revisado los artículos
}{ $days ->
    [0] {""}
    [one] , o un día después
   *[other] , o hasta { $days } días después
}
refund-who = { $fault ->
    [merchant] Si la culpa es nuestra,
    [carrier] Si la culpa es del transportista,
    [consumer] Si ha cambiado de opinión,
    [none] Si nadie tiene la culpa,
   *[any] En los demás casos,
}
list-refund = el reembolso
list-store-credit = un vale
list-exchange = un cambio
list-replacement = una sustitución
list-repair = una reparación
list-unopened = sin abrir
list-unused = sin usar
list-packaging = en su embalaje original
list-tags = con las etiquetas puestas
list-complete = con todas las piezas
list-photos = { $n ->
    [one] una foto
   *[other] { $n } fotos
}
list-note = una breve descripción
list-serial = el número de serie

clause-window = { $anchor ->
    [fulfilled] Puede devolver los artículos en { within-days } desde el envío.
    [ordered] Puede devolver los artículos en { within-days } desde su pedido.
    [delivered] Puede devolver los artículos en { within-days } desde la entrega.
    [last_parcel] Puede devolver los artículos en { within-days } desde que llegó su último paquete.
   *[inherited] Puede devolver estos artículos en { within-days }.
}
clause-window-anchor = { $anchor ->
    [fulfilled] Aquí los días cuentan desde el envío.
    [ordered] Aquí los días cuentan desde su pedido.
    [delivered] Aquí los días cuentan desde la entrega.
   *[last_parcel] Aquí los días cuentan desde que llegó su último paquete.
}
clause-window-transit = Si no sabemos el día de entrega, contamos { within-days } de camino.
clause-window-as-law = Si la ley de su país le da más tiempo, tiene ese tiempo.
clause-window-not-as-law = Este plazo lo damos nosotros. La ley puede darle otros derechos.
clause-window-reason = Por este motivo tiene { within-days }: { $reason }.
clause-holiday = Los pedidos hechos del { $from } al { $to } se pueden devolver hasta el { $until }.
clause-final-sale-never = Puede devolver los artículos rebajados como los demás.
clause-final-sale-lawful = Puede devolver artículos de venta final si la ley le da ese derecho.
clause-final-sale-always = Aquí no se devuelven artículos de venta final.
clause-final-sale = { $text }
clause-exclusion = { $text }
clause-exclusion-opened = Mientras el precinto esté intacto, puede devolver estos artículos.
clause-exclusion-lawful = Si la ley le da derecho a devolver estos artículos, puede hacerlo.
clause-condition = Por favor, envíe los artículos { $states }.
clause-condition-none = Aceptamos estos artículos en cualquier estado.
clause-min-value = Aceptamos artículos desde { $amount }.
clause-max-value = Aceptamos artículos hasta { $amount }.
clause-max-units = { $units ->
    [one] Aceptamos una unidad de cada artículo.
   *[other] Aceptamos hasta { $units } unidades de cada artículo.
}
clause-reason-not-accepted = No aceptamos devoluciones por este motivo: { $reason }.
clause-reason-fault = { $fault ->
    [merchant] Con este motivo la culpa es nuestra: { $reason }.
    [carrier] Con este motivo la culpa es del transportista: { $reason }.
    [consumer] Este motivo cuenta como un cambio de opinión: { $reason }.
   *[none] Con este motivo nadie tiene la culpa: { $reason }.
}
clause-evidence = Si da este motivo, envíenos { $things }: { $reason }.
clause-own-reason = También puede dar este motivo: { $text }.
clause-own-reason-fault = { $fault ->
    [merchant] También puede dar este motivo, y la culpa es nuestra: { $text }.
    [carrier] También puede dar este motivo, y la culpa es del transportista: { $text }.
    [consumer] También puede dar este motivo, que cuenta como un cambio de opinión: { $text }.
   *[none] También puede dar este motivo, y nadie tiene la culpa: { $text }.
}
clause-fee-rate = { fee-name }: { $rate } del precio pagado{ $opened ->
    [0] {""}
   *[other] , si el precinto está roto
}{ $after ->
    [0] {""}
    [one] , si lo pide después de más de un día
   *[other] , si lo pide después de más de { $after } días
}.
clause-fee-amount = { fee-name }: { $amount }{ $taxed ->
    [0] {""}
   *[other] {" "}más impuestos
}{ $opened ->
    [0] {""}
   *[other] , si el precinto está roto
}{ $after ->
    [0] {""}
    [one] , si lo pide después de más de un día
   *[other] , si lo pide después de más de { $after } días
}.
clause-fee-none = { $kind ->
    [restocking] Sin cargo por reposición.
    [handling] Sin cargo por gestión.
    [return_label] La etiqueta de devolución es gratis.
   *[late] Sin cargo por devolución tardía.
}
clause-fee-fault = Si la culpa es nuestra o del transportista, no hay ningún cargo.
clause-fee-cap = Este cargo nunca supera { $amount }.
clause-fee-reasons = Este cargo vale solo para este motivo: { $reasons }.
clause-fee-statutory = No paga este cargo si usa un derecho que le da la ley.
clause-fee-order = No paga este cargo si su pedido llegó a { $amount }.
clause-fee-outcomes = No paga este cargo si elige { $outcomes }.
clause-outcomes = Puede elegir { $outcomes }.
clause-outcomes-reason = Por este motivo puede elegir { $outcomes }: { $reason }.
clause-bonus = { $outcome ->
    [exchange] Si elige un cambio, recibe { $rate } más.
   *[store_credit] Si elige un vale, recibe { $rate } más.
}
clause-bonus-cap = Lo que recibe de más nunca supera { $amount }.
clause-prefer = Primero se muestra el cambio. El reembolso queda a un paso y, donde la ley le da derecho a él, aparece al lado.
clause-promotion = { $rule ->
    [keep] Conserva su descuento, devuelva lo que devuelva.
   *[claw_back] Si el resto del pedido no llega al descuento, lo restamos del reembolso.
}
clause-label = { $payer ->
    [merchant] Nosotros pagamos el envío de vuelta.
   *[customer] Usted paga el envío de vuelta, salvo si la culpa es nuestra o del transportista.
}
clause-send-by = Entregue el paquete en { within-days } desde nuestra aprobación.
clause-shipping = { $rule ->
    [none] No se devuelven los gastos de entrega.
    [pro_rata] Los gastos de entrega se devuelven en proporción.
    [full] Los gastos de entrega se devuelven enteros.
   *[full_on_full_order] Los gastos de entrega se devuelven si devuelve todo el pedido.
}
clause-shipping-fault = { $rule ->
    [pro_rata] Si la culpa es nuestra, los gastos de entrega se devuelven en proporción.
    [full] Si la culpa es nuestra, los gastos de entrega se devuelven enteros.
   *[full_on_full_order] Si la culpa es nuestra, los gastos de entrega se devuelven cuando vuelve todo el pedido.
}
clause-grade = { $grade ->
    [a] Artículos precintados: retenemos { $rate } del precio.
    [b] Artículos abiertos: retenemos { $rate } del precio.
    [c] Artículos con señales de uso: retenemos { $rate } del precio.
    [d] Artículos que hay que reparar: retenemos { $rate } del precio.
   *[e] Artículos rotos: retenemos { $rate } del precio.
}
clause-refund = Le reembolsamos { refund-when }.
clause-refund-statutory = Si usa un derecho que le da la ley, le reembolsamos { refund-when }.
clause-refund-tier = { refund-who } le reembolsamos { refund-when }.
clause-refund-tier-amount = { refund-who } le reembolsamos artículos hasta { $amount } { refund-when }.
clause-returnless = { $instead ->
    [donate] Hasta { $amount } puede donar los artículos en vez de enviarlos. Vale por estos motivos: { $reasons }.
   *[keep] Hasta { $amount } puede quedarse los artículos sin enviarlos. Vale por estos motivos: { $reasons }.
}
clause-returnless-max = { $times ->
    [one] Lo ofrecemos una vez al año.
   *[other] Lo ofrecemos hasta { $times } veces al año.
}
clause-returnless-economics = Lo ofrecemos cuando enviar los artículos costaría más de lo que valen para nosotros.
clause-approval = Aprobamos enseguida devoluciones hasta { $amount }. Las mayores las mira una persona.
clause-appeal = Si no está de acuerdo, escríbanos en { within-days }. { $answer ->
    [one] Otra persona le responde en un día.
   *[other] Otra persona le responde en { $answer } días.
}
