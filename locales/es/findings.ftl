# Lo que encuentra la comprobación de una política y lo que cambia una versión nueva. Los nombres del
# lenguaje de políticas (as_law, only_opened) quedan como están escritos en el fichero.

# Por debajo de la ley
finding-window = El plazo termina antes que el derecho del cliente
finding-window-help = Alárguelo, cuente desde last_parcel o añada as_law = true.
finding-exclusion = La exclusión es más amplia de lo que permite la ley
finding-exclusion-help = Redúzcala (only_opened), limítela a los mercados que la permiten o añada where_lawful = true.
finding-final-sale = La ley permite devolver artículos de venta final
finding-final-sale-help = Escriba ahí final_sale = "where_lawful" o "never".
finding-reason = Se rechaza un motivo aunque el derecho no exige ninguno
finding-reason-help = Acepte el motivo en estos lugares.
finding-eligibility = Se rechazan solicitudes por su valor o número aunque la ley las admite
finding-eligibility-help = Quite el límite en estos lugares.
finding-condition = Se rechazan artículos por su estado aunque la ley permite devolverlos
finding-condition-help = Quite la condición; la pérdida de valor se puede descontar según el grado.
finding-evidence = Se exigen pruebas aunque el derecho no requiere motivo
finding-evidence-help = Quite las pruebas para este motivo.
finding-fee = Se cobra un cargo aunque la ley no permite ninguno
finding-fee-help = Añada waiver = { "{" } statutory = true { "}" }, o none = true en estos lugares.
finding-deduction = Se hace un descuento donde la ley no permite ninguno
finding-deduction-help = No descuente nada en los grados A y B, o nada en absoluto en estos lugares.
finding-refund-form = El cliente no puede elegir lo que da la ley
finding-refund-form-help = Añada "refund" (o "replacement" o "repair" para defectos) a outcomes.
finding-outbound = No se devuelve lo pagado por la entrega
finding-outbound-help = Escriba shipping.rule = "full_on_full_order" o algo mejor.
finding-return-cost = El cliente paga un envío de vuelta que debe pagar el vendedor
finding-return-cost-help = Escriba label = "merchant" y ningún cargo return_label en estos lugares.
finding-refund-time = El dinero sale más tarde de lo que permite la ley
finding-refund-time-help = Escriba statutory = "first_scan" o antes, y un within_days menor.

# Los dos resultados de un pedido
finding-when = { $control ->
    [immediate] de inmediato
    [approved] cuando se aprueba la devolución
    [first_scan] cuando el transportista ha registrado el paquete
    [delivered] cuando ha llegado el paquete
    [received] cuando se han contado los artículos
   *[inspected] cuando se han revisado los artículos
}{ $days ->
    [0] {""}
    [one] , o un día después
   *[other] , o hasta { $days } días después
}
finding-policy-refuses = { $code ->
    [category_excluded] rechaza: los artículos están excluidos
    [final_sale] rechaza: vendido como venta final
    [reason_not_accepted] rechaza: este motivo no se acepta
    [not_eligible] rechaza: este valor o número no se acepta
    [condition_not_met] rechaza: los artículos no están en el estado exigido
   *[any] rechaza
}
finding-policy-closed = rechaza: el plazo terminó el { $day }
finding-policy-evidence = pide pruebas con el motivo { $reason }
finding-policy-outbound = se queda lo pagado por la entrega, aunque vuelva todo el pedido
finding-policy-deduction = se queda { $rate } del precio en artículos de grado { $grade }
finding-policy-pays = reembolsa { finding-when }; aquí el { $day }
finding-policy-fee = { fee-name }: { $amount }
finding-policy-return-cost = el cliente paga la vuelta
finding-policy-offers = ofrece solo { $outcomes }
finding-law-until = el derecho se puede ejercer hasta el { $day }
finding-law-open = el derecho se puede ejercer; la ley no fija último día
finding-law-evidence = el derecho no requiere motivo ni pruebas
finding-law-outbound = también se devuelve lo pagado por la entrega estándar
finding-law-no-deduction = no se puede descontar nada
finding-law-deduction = solo la pérdida de valor por más manejo del que hace falta para ver el artículo
finding-law-due = el dinero se debe pagar el { $day }
finding-law-return-cost = el vendedor paga la vuelta
finding-law-no-fee = no se puede cobrar nada por ejercer el derecho
finding-law-repair = da reparación o sustitución
finding-law-refund = da el reembolso

# Contradicciones, reglas muertas, lagunas
finding-market-unsold = El mercado { $name } no tiene pedidos: ninguno de sus países está en countries
finding-market-unsold-help = Añádalos o quite el mercado.
finding-label-twice = El comerciante paga la vuelta y el cliente paga un cargo por la etiqueta
finding-label-twice-help = Deje solo label = "merchant" o fees.return_label.
finding-reason-says-more = El motivo no se acepta, así que sus días, pruebas y opciones no dicen nada
finding-reason-says-more-help = Quítelos o acepte el motivo.
finding-fee-waived = El cargo se perdona en todo lo que se ofrece, así que nadie lo paga
finding-fee-waived-help = Escriba none = true.
finding-cap-below = El tope está por debajo del importe, así que el importe nunca se cobra
finding-cap-below-help = Escriba el tope como amount.
finding-stay-above-approval = Los artículos pueden quedarse hasta más valor del que una regla puede aprobar: cada vez debe mirar una persona
finding-stay-above-approval-help = Suba auto_approve o baje returnless.up_to.
finding-values-crossed = El valor menor está por encima del mayor, así que no se acepta nada
finding-values-crossed-help = Intercambie los dos.
finding-bonus-not-offered = Hay una bonificación por { $outcome }, que no se ofrece
finding-bonus-not-offered-help = Ofrézcalo o quite la bonificación.
finding-prefer-not-offered = El cambio debe ir primero, pero nada lo ofrece
finding-prefer-not-offered-help = Ofrézcalo en outcomes o quite prefer.
finding-authority-crossed = Los agentes pueden decidir importes mayores que los jefes de equipo
finding-authority-crossed-help = Intercambie los dos.
finding-dead = Ningún pedido llega a esta regla
finding-dead-help = Siempre habla antes otra regla; quite esta o cambie la otra.
finding-ground = La ley no conoce ninguna excepción «{ $name }»
finding-ground-help = Use un nombre de los paquetes de leyes, como sealed_hygiene_unsealed; tal como está, el motivo no sostiene nada.
finding-gap-label = Nada dice quién paga la vuelta; la paga el cliente
finding-gap-label-help = Añada label.
finding-gap-shipping = Nada dice cuándo se reembolsa la entrega; solo si la culpa es del vendedor
finding-gap-shipping-help = Añada shipping = { "{" } rule = "full_on_full_order" { "}" }.
finding-gap-refund = Nada dice cuándo sale el dinero; espera a la revisión
finding-gap-refund-help = Añada refund = { "{" } control = "received" { "}" }.
finding-gap-approval = Ninguna regla puede aprobar nada; una persona mira cada devolución
finding-gap-approval-help = Añada auto_approve.
finding-gap-appeal = Nada dice cómo reclamar contra una decisión
finding-gap-appeal-help = Añada appeal = { "{" } days = 30, answer_days = 5 { "}" }.
finding-gap-final-sale = Los artículos de venta final se rechazan y ningún texto lo dice
finding-gap-final-sale-help = Añada [final_sale] con un texto, o final_sale = "never".
finding-gap-reason = Ningún motivo propio del cliente corresponde a { $reason }
finding-gap-reason-help = Añada uno, para que los compradores puedan decirlo.
finding-gap-before-delivery = La mercancía que sigue en camino el día en que suele llegar no tiene respuesta; mira una persona
finding-gap-before-delivery-help = Añada transit_days o dé un día más al plazo.

# Un pedido, punto por punto
finding-order-comma = ,{" "}
finding-order-place = { $name }
finding-order-channel = { $channel ->
    [online] en línea
    [store] en tienda
    [marketplace] en un mercado en línea
    [phone] por teléfono
   *[business] a una empresa
}
finding-order-category = categoría { $name }
finding-order-article = artículo { $name }
finding-order-placed = pedido el { $day }
finding-order-delivered = entregado el { $day }
finding-order-undelivered = sin entregar
finding-order-last-parcel = último paquete el { $day }
finding-order-asked = solicitado el { $day }
finding-order-reason = motivo { $reason }
finding-order-own-reason = en palabras del cliente { $name }
finding-order-paid = pagado { $amount }
finding-order-units = { $n ->
    [one] { $n } unidad
   *[other] { $n } unidades
}
finding-order-seal = { $seal ->
    [broken] precinto roto
   *[intact] precinto intacto
}
finding-order-final-sale = venta final
finding-order-lacks = { $condition ->
    [unopened] abierto
    [unused] usado
    [packaging] sin el embalaje original
    [tags] sin las etiquetas
   *[complete] incompleto
}
finding-order-no-evidence = sin pruebas
finding-order-wants = desea { $outcome }

# Lo que cambia para los clientes
finding-aspect-verdict = Respuesta
finding-aspect-window = Plazo
finding-aspect-fees = Cargos
finding-aspect-way-back-paid-by = Quién paga la vuelta
finding-aspect-outcomes = Qué pueden elegir
finding-aspect-delivery-refunded = Reembolso de la entrega
finding-aspect-money-goes = Cuándo sale el dinero
finding-aspect-goods = Los artículos
finding-aspect-deductions-by-grade = Descuentos por grado
finding-is-open = abierto
finding-is-day = hasta el { $day }
finding-is-amount = { $amount }
finding-is-payer = { $payer ->
    [merchant] el comerciante
   *[customer] el cliente
}
finding-is-list = { $list }
finding-is-shipping = { $rule ->
    [none] nunca
    [pro_rata] una parte justa
    [full] entero
   *[full_on_full_order] entero si vuelve todo el pedido
}
finding-is-money = { finding-when }
finding-is-goods = { $goods ->
    [stay] se quedan
   *[back] vuelven
}
finding-is-rates = A–E: { $rates }
finding-is-taken = { $how ->
    [person] mira una persona
    [evidence] aceptado con pruebas
   *[taken] aceptado
}
finding-is-refused = { $code ->
    [category_excluded] rechazado: los artículos están excluidos
    [final_sale] rechazado: vendido como venta final
    [reason_not_accepted] rechazado: este motivo no se acepta
    [not_eligible] rechazado: este valor o número no se acepta
    [condition_not_met] rechazado: los artículos no están en el estado exigido
   *[window_closed] rechazado: el plazo ha pasado
}
