# El portal de los compradores: palabras sencillas, frases cortas, una pregunta por página.
portal-this-language = Español
portal-languages = Idioma
portal-questions = ¿Preguntas? Escríbanos:
portal-continue = Continuar
portal-back = Atrás
portal-change = Cambiar
portal-leave = He terminado en este dispositivo
portal-rma = Número de devolución

portal-step-order = Pedido
portal-step-items = Artículos
portal-step-reason = Motivo
portal-step-outcome = Opción
portal-step-send = Envío
portal-step-check = Revisar

portal-landing-title = Devoluciones
portal-landing-lede = Empiece una devolución en pocos minutos. No necesita cuenta.
portal-start = Empezar una devolución
portal-follow = Seguir una devolución
portal-policy-title = Nuestra política de devoluciones en breve
portal-policy-special = Reglas para ciertos artículos, motivos y lugares
portal-policy-law = Sus derechos legales nunca son menores. Antes de enviar nada ve lo que recibe y por qué.

portal-find-title = ¿De qué pedido se trata?
portal-follow-title = Seguir una devolución
portal-open-title = Abrir su devolución
portal-find-lede = Lo encontramos con el número de pedido y su correo electrónico o código postal.
portal-open-lede = Por favor, demuestre que el pedido es suyo.
portal-find-late = Hace un rato de su última visita. Busque su pedido otra vez; las respuestas a medias se conservan.
portal-find-number = Número de pedido
portal-find-number-hint = Está en la confirmación del pedido.
portal-find-proof = Correo electrónico o código postal
portal-find-proof-hint = El que dio con el pedido.
portal-find-number-missing = Escriba el número de pedido
portal-find-proof-missing = Escriba el correo electrónico o el código postal del pedido
portal-find-wrong = No encontramos ningún pedido con estos datos. Revise el número y el correo electrónico o el código postal.

portal-items-title = ¿Qué artículos quiere devolver?
portal-items-lede = Pedido { $number }
portal-items-none = Elija al menos un artículo
portal-items-wrong = Elija una de las cantidades mostradas
portal-items-many = Elija como máximo 50 artículos; para más, escríbanos
portal-items-nothing = Ahora mismo no se puede devolver nada de este pedido
portal-items-nothing-do = Abajo ve el porqué de cada artículo.
portal-items-returns = Devoluciones de este pedido
portal-item-bought = { $n ->
    [one] { $n } comprado
   *[other] { $n } comprados
}
portal-item-of = Artículo { $n } de { $total }
portal-item-not-sent = { $n ->
    [one] { $n } aún sin enviar. Escríbanos para cancelarlo.
   *[other] { $n } aún sin enviar. Escríbanos para cancelarlos.
}
portal-item-in-return = { $n ->
    [one] { $n } ya está en devolución
   *[other] { $n } ya están en devolución
}
portal-units-label = ¿Cuántos?
portal-units-none = Ninguno
portal-units = { $n }
portal-lost = Estas respuestas no encajan con el pedido
portal-lost-do = Empezar de nuevo con los artículos

portal-reason-title = ¿Por qué lo devuelve?
portal-reason-label = Elija el motivo que mejor encaje
portal-reason-missing = Elija un motivo
portal-details-title = Cuéntenos un poco más
portal-opened = Está abierto o se ha usado
portal-opened-hint = El precinto o el embalaje está roto, o se probó más tiempo que en una tienda.
portal-opened-short = abierto o usado
portal-lacks = ¿Qué es cierto para este artículo?
portal-lacks-hint = Marque lo que corresponda. De ello depende si puede devolverse según las reglas de la tienda; sus derechos legales no cambian.
portal-lacks-unopened = Se ha abierto
portal-lacks-unused = Se ha usado o llevado puesto
portal-lacks-packaging = Falta el embalaje original
portal-lacks-tags = Se han quitado las etiquetas
portal-lacks-complete = Falta una pieza o un accesorio
portal-note = ¿Qué ocurre?
portal-note-optional = ¿Algo que debamos saber? (opcional)
portal-note-hint = Bastan unas palabras. No escriba números de tarjeta ni de cuenta.
portal-note-long = Acórtelo a 500 caracteres
portal-serial = Número de serie
portal-serial-hint = Está en el aparato o en su caja.
portal-photos = { $n ->
    [one] Necesitaremos { $n } foto
   *[other] Necesitaremos { $n } fotos
}
portal-claim-photos = Fotos, si muestran lo que está mal
portal-claim-photo-kept = La foto { $n } se conserva con este formulario
portal-photos-later = Podrá añadirlas en la página de su devolución en cuanto la envíe.
portal-photos-mail = O envíelas por correo electrónico
portal-photos-hint = JPEG, PNG o WebP, seis como máximo a la vez. Se eliminan el lugar y la cámara.
portal-photos-given = Sus fotos
portal-photo-n = Foto { $n }
portal-photos-many = Elija seis fotos como máximo.
portal-photos-unread = Uno de los archivos no es una foto legible. Elija JPEG, PNG o WebP.

portal-outcome-title = ¿Qué prefiere?
portal-outcome-label = Elija una opción
portal-outcome-missing = Elija lo que prefiere
portal-outcome-none = Aquí no podemos ofrecer nada
portal-outcome-none-do = En la última página ve el porqué y qué puede hacer.
portal-outcome-exchange = Otra talla o color en su lugar
portal-outcome-store-credit = Para gastar en la tienda, sin fecha límite
portal-outcome-replacement = El mismo artículo otra vez
portal-outcome-repair = Lo reparamos y se lo enviamos
portal-outcome-refund = Por el medio de pago que usó
portal-outcome-whole = Todos los artículos hasta ahora: { $amount }.
portal-outcome-every = Mostrar todas las opciones, también el reembolso
portal-bonus = El vale incluye { $amount } más.
portal-variant = Talla o color que prefiere
portal-variant-hint = Solo para un cambio.

portal-send-title = ¿Cómo va a entregar el paquete?
portal-send-label = Elija una opción
portal-send-missing = Elija cómo entrega el paquete
portal-send-print = Imprimir la etiqueta
portal-send-print-note = Un PDF para su impresora; péguelo en el paquete.
portal-send-show = Mostrar un código en el móvil
portal-send-show-note = Sin impresora; la etiqueta se imprime donde la entrega.

portal-check-title = Revisar y enviar
portal-check-answers = Sus respuestas
portal-check-approved = Todo se puede devolver. No se envía nada hasta que confirme.
portal-check-partly = Una parte se puede devolver. Abajo ve por qué.
portal-check-review = Primero lo mirará una persona.
portal-check-info = Necesitamos algo más antes de decidir.
portal-check-all-declined = Según las reglas de la tienda, esto no se puede devolver.
portal-check-send = Enviar la solicitud
portal-check-send-anyway = Solicitarlo igualmente
portal-check-declined = Puede solicitarlo igualmente
portal-check-declined-do = Recibe la decisión por escrito y puede reclamar; entonces lo mira una persona. Su derecho legal de desistimiento va aparte:
portal-verdict-authorise = Se puede devolver
portal-verdict-keep = Se lo queda, con reembolso
portal-verdict-donate = Para donar, dinero devuelto
portal-all-items = Para todos los artículos
portal-verdict-review = Lo mira una persona
portal-verdict-info = Falta algo
portal-verdict-decline = No aceptado
portal-words = Artículo { $line }: { $words }
portal-words-variant = Quiere en su lugar: { $variant }.
portal-words-serial = Número de serie: { $serial }.

portal-quote-title = Lo que recibe
portal-quote-total = Recibe
portal-quote-with-bonus = Con el saldo extra
portal-quote-tax = Incluye { $amount } de impuestos.
portal-quote-goods = { $n ->
    [one] { $item }
   *[other] { $n } × { $item }
}
portal-quote-charge = Cargo
portal-quote-shipping = Entrega
portal-quote-promotion = Promoción
portal-quote-fee = Cargo
portal-quote-label = Etiqueta de devolución
portal-quote-deduction = Pérdida de valor
portal-quote-ceiling = Límite de lo pagado
portal-quote-bonus = Saldo extra
portal-clocks-title = Días que cuentan
portal-clock-window = Fin del plazo de devolución
portal-clock-withdrawal = Fin del derecho de desistimiento
portal-clock-refund = Reembolso como muy tarde el
portal-clock-promised = Reembolso prometido por la tienda
portal-clock-send = Entregar hasta el
portal-rights-title = Sus derechos por ley
portal-rights-note = Estos derechos valen digan lo que digan las reglas de la tienda.

portal-done-title = Hemos recibido su devolución
portal-done-mail = También escribimos a
portal-done-follow = Seguir esta devolución
portal-label-title = Su etiqueta de devolución
portal-label-print = Abrir la etiqueta (PDF)
portal-label-no-printer = ¿Sin impresora? Muestre este código
portal-label-soon = Su etiqueta se está preparando
portal-label-soon-do = Tarda unos segundos. Vuelva a cargar la página.
portal-qr-alt = Código de esta devolución
portal-qr-show = Muestre este código donde entregue el paquete.

portal-next = Qué pasa ahora
portal-next-refund = Recibe su dinero como muy tarde el { $date }.
portal-status-order = Pedido { $number }
portal-history = Qué ha pasado
portal-to-order = Volver al pedido
portal-worth-title = Lo que recibe
portal-worth-how = Cómo se ha calculado
portal-kind-bonus = Saldo extra
portal-kind-collect = Lo que paga de más
portal-kind-hold = Garantía por el envío anticipado
portal-payment-requested = Concedido; lo estamos enviando
portal-payment-sent = De camino a usted
portal-payment-settled = Confirmado: ha llegado
portal-payment-returned = Nos lo han devuelto; lo estamos resolviendo

portal-stage-asked = Pedida
portal-stage-approved = Aprobada
portal-stage-sent = Enviada
portal-stage-arrived = Llegada
portal-stage-paid = Pagada

portal-status-submitted = Recibida
portal-status-submitted-next = Estamos mirando su solicitud.
portal-status-needs-info = Necesitamos algo de usted
portal-status-needs-info-next = Responda a la pregunta de esta página. Después seguimos.
portal-status-in-review = La mira una persona
portal-status-in-review-next = Recibirá respuesta por correo. No tiene que hacer nada.
portal-status-authorised = Aprobada
portal-status-authorised-next = Su etiqueta está en camino. Después embale los artículos y entréguelos.
portal-status-partly-authorised = Aprobada en parte
portal-status-partly-authorised-next = Envíe solo los artículos aprobados. De los demás ve abajo el porqué.
portal-status-declined = No aceptada
portal-status-declined-next = Abajo ve por qué. Puede reclamar; entonces lo mira una persona.
portal-status-awaiting-goods = Esperamos su paquete
portal-status-awaiting-goods-next = Embale los artículos, ponga la etiqueta y entregue el paquete.
portal-status-in-transit = De camino a nosotros
portal-status-in-transit-next = El transportista tiene su paquete. Le escribimos cuando llegue.
portal-status-arrived = Ha llegado
portal-status-arrived-next = Lo estamos abriendo y contando.
portal-status-inspecting = En revisión
portal-status-inspecting-next = Revisamos los artículos y luego decidimos sobre el dinero.
portal-status-decided = Decidida
portal-status-decided-next = La decisión está tomada; abajo ve lo que recibe.
portal-status-settling = El dinero está en camino
portal-status-settling-next = Los bancos pueden tardar unos días en mostrarlo.
portal-status-settled = Pagada
portal-status-settled-next = Ya no tiene que hacer nada.
portal-status-closed = Cerrada
portal-status-closed-next = Todo está hecho. Escríbanos si falta algo.
portal-status-on-hold = En espera
portal-status-on-hold-next = Primero debemos aclarar una duda y le escribimos.
portal-status-appealed = Estamos mirando su reclamación
portal-status-appealed-next = La mira alguien que no decidió antes y le escribe.
portal-status-disputed = En su banco
portal-status-disputed-next = Ha reclamado el dinero a su banco. Esperamos su decisión.
portal-status-cancelled = Anulada
portal-status-cancelled-next = No vuelve nada. Puede empezar otra vez mientras dure el plazo.
portal-status-expired = Demasiado tarde
portal-status-expired-next = El paquete no se entregó a tiempo. Escríbanos si lo ha enviado.
portal-status-reopened = Abierta de nuevo
portal-status-reopened-next = Lo miramos otra vez y le escribimos.

portal-event-requested = Usted pidió la devolución
portal-event-info-asked = Le pedimos algo
portal-event-info-answered = Usted respondió
portal-event-authorised = Aprobada
portal-event-kept = Aprobada; se queda el artículo
portal-event-declined = No aceptada
portal-event-label = Etiqueta creada
portal-event-shipped = Entregado al transportista
portal-event-delivered = Nos ha llegado
portal-event-received = Abierto y contado
portal-event-graded = Revisado
portal-event-granted = Dinero concedido
portal-event-sent = Dinero enviado
portal-event-paid = El dinero ha llegado
portal-event-returned = El dinero nos ha sido devuelto
portal-event-cancelled = Anulada
portal-event-appealed = Usted reclamó
portal-event-upheld = Reclamación decidida: se mantiene la decisión
portal-event-overturned = Reclamación decidida a su favor
portal-event-expired = No se entregó a tiempo
portal-event-reopened = Abierta de nuevo
portal-event-closed = Cerrada

portal-question-title = Necesitamos esto de usted
portal-question-send = Enviar la respuesta
portal-question-empty = Escriba una respuesta
portal-appeal-title = ¿No está de acuerdo?
portal-appeal-lede = Diga por qué. Lo mira alguien que no decidió antes.
portal-appeal-answer = Otra persona revisa su reclamación. Tendrá una respuesta como muy tarde el { $date }.
portal-appeal-until = Puede reclamar hasta el { $date }.
portal-appeal-label = Su reclamación
portal-appeal-send = Enviar la reclamación
portal-appeal-missing = Diga por qué no está de acuerdo
portal-cancel-title = Anular esta devolución
portal-cancel-lede = La devolución { $rma } termina y su etiqueta ya no vale.
portal-cancel-send = Anularla

# El desistimiento legal; los dos textos siguen la Directiva (UE) 2023/2673.
portal-withdraw-title = Derecho de desistimiento
portal-withdraw-short = ¿Compró a distancia? Por ley puede desistir del contrato sin dar motivos.
portal-withdraw-here = Desistir del contrato aquí
portal-withdraw-lede = Sin motivo y sin cuenta. No se declara nada hasta que confirme en la página siguiente.
portal-withdraw-name = Su nombre
portal-withdraw-name-missing = Escriba su nombre
portal-withdraw-email = Correo electrónico del pedido
portal-withdraw-email-hint = Enviamos ahí el acuse de recibo.
portal-withdraw-email-missing = Escriba el correo electrónico del pedido
portal-withdraw-next = Continuar a la confirmación
portal-withdraw-step = Paso 1 de 2
portal-withdraw-confirm-title = Confirmar su desistimiento
portal-withdraw-statement = Desisto del contrato con { $client } sobre el pedido { $number } respecto a estos artículos:
portal-withdraw-items = Artículos
portal-withdraw-none = Deje marcado al menos un artículo
portal-withdraw-ack-to = El acuse de recibo va a
portal-withdraw-after = Recibe enseguida un acuse con fecha y hora, y después lo necesario para enviar los artículos.
portal-withdraw-confirm = Confirmar el desistimiento
portal-withdraw-nothing = Ningún artículo de este pedido está abierto aquí
portal-withdraw-nothing-do = Todo está ya en una devolución o aún no se ha enviado. Puede confirmar igualmente: su desistimiento cuenta desde ahora, y una persona aclara el resto.
portal-withdraw-done = Hemos recibido su desistimiento
portal-withdraw-done-mail = También enviamos este acuse a
portal-receipt-kept = Su desistimiento y el momento en que lo recibimos quedan registrados.
portal-receipt-open = Abrir el acuse de recibo
portal-receipt-pdf = Guardar como PDF
portal-withdraw-email-wrong = Escriba un correo electrónico como nombre@example.com
portal-withdraw-statement-all = Desisto del contrato con { $client } sobre el pedido { $number }.
portal-withdraw-unmatched = No hemos encontrado este pedido por nuestra cuenta
portal-withdraw-unmatched-do = Puede confirmar igualmente: su desistimiento cuenta desde ese momento y se acusa recibo enseguida. Después una persona busca el pedido.
portal-withdraw-next-person = Una persona busca ahora su pedido y le escribe sobre lo demás.
# El texto es el que pide la ley argentina (Disposición 954/2025).
portal-revoke-button = Botón de arrepentimiento
portal-revoke-lede = Puede revocar su compra dentro de los 10 días, sin motivo y sin costo. Recibe enseguida el código de su solicitud.
portal-revoke-email = Correo electrónico
portal-revoke-email-hint = Enviamos ahí el código de su solicitud.
portal-revoke-send = Revocar la compra

portal-credit-title = Su saldo en la tienda
portal-credit-now = Puede gastar
portal-credit-promotional = de ellos { $amount } como bonificación, que se gasta primero y nunca se paga en dinero
portal-credit-ends = La siguiente parte puede gastarse hasta el { $day }.
portal-account-title = ¿Adónde va su reembolso?
portal-account-lede = Pagamos { $amount } a una cuenta bancaria que indique aquí. Esta página sirve una vez.
portal-account-holder = Nombre del titular
portal-account-holder-hint = Como figura en su tarjeta bancaria o extracto.
portal-account-iban = IBAN
portal-account-iban-hint = Dos letras y hasta 32 caracteres más, en su extracto o tarjeta.
portal-account-reason = ¿Por qué la cuenta no está a su nombre?
portal-account-reason-hint = Por ejemplo: la cuenta de mi pareja.
portal-account-proof-hint = Como en su pedido, para mostrar que es usted.
portal-account-proof-wrong = No es el correo ni el código postal del pedido.
portal-account-next = Alguien comprueba la cuenta antes de pagar, y le escribimos.
portal-account-send = Usar esta cuenta
portal-account-done-title = Gracias: tenemos su cuenta
portal-account-done = Alguien la comprueba ahora. Recibe un correo antes de que se pague nada.
portal-account-home = Al inicio
portal-account-gone = Este enlace ya no sirve
portal-account-used = Ya se usó una vez; solo es para eso.
portal-account-late = Su plazo ha terminado.
portal-account-nothing = Ya no hay nada para lo que indicar una cuenta.
portal-account-help = Si necesita uno nuevo, escriba a { $mail }.
portal-object-title = ¿Detener este cambio?
portal-object-lede = Alguien indicó otra cuenta bancaria para su reembolso. Si no fue usted, deténgalo aquí: el reembolso vuelve al medio con que pagó.
portal-object-amount = Su reembolso
portal-object-send = No fui yo: detenerlo
portal-object-else = Si fue usted, cierre esta página. No cambia nada.
portal-object-done-title = Detenido
portal-object-done = El reembolso vuelve al medio con que pagó. Alguien de nosotros mira qué ha pasado.
