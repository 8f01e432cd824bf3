# Los plazos legales, dichos al consumidor.
clock-window-end = El derecho vale hasta
clock-acknowledgement = Acuse de recibo
clock-delivery = Entrega tardía
clock-withholding = El dinero se puede retener hasta
clock-remedy = Reparación o sustitución
clock-refund = Reembolso
clock-is-open = en curso
clock-is-met = hecho
clock-is-ended = terminado

clock-by-contract = pedido del { $date }
clock-by-delivery = entrega el { $date }
clock-by-notice-sent = aviso enviado el { $date }
clock-by-notice-received = aviso recibido el { $date }
clock-by-goods-back = artículos devueltos el { $date }
clock-by-proof-of-sending = prueba de envío del { $date }
clock-by-trader-agreed = acordado el { $date }
clock-by-right-vested = derecho nacido el { $date }

clock-withdraw-runs-you = Puede desistir hasta el { $date }.
clock-withdraw-waits-you = Puede desistir ya. El plazo empieza cuando lo ha recibido todo.
clock-withdraw-met-you = Desistió el { $done }, a tiempo.
clock-withdraw-met-late-you = Desistió el { $done }. Una persona mira si fue a tiempo.
clock-withdraw-ended-you = El plazo para desistir sin motivo terminó el { $date }.
clock-reject-runs-you = Puede rechazar un artículo defectuoso y recuperar su dinero hasta el { $date }.
clock-reject-ended-you = El plazo corto para rechazar un artículo defectuoso terminó el { $date }.
clock-claim-runs-you = Respondemos de los defectos que aparezcan hasta el { $date }.
clock-claim-ended-you = El tiempo en que respondemos de los defectos terminó el { $date }.

clock-acknowledgement-waits-you = Debemos confirmar su declaración sin demora.
clock-acknowledgement-runs-you = Debemos confirmar su declaración a más tardar el { $date }.
clock-acknowledgement-late-you = Debíamos haber confirmado su declaración a más tardar el { $date }. Por favor, escríbanos.
clock-acknowledgement-met-you = Confirmamos su declaración el { $done }.
clock-acknowledgement-met-late-you = Confirmamos su declaración el { $done }.

clock-delivery-waits-you = Debemos entregar sin demora.
clock-delivery-runs-you = Debemos entregar a más tardar el { $date }. Después puede poner fin al contrato.
clock-delivery-late-you = La entrega debía llegar el { $date }. Puede poner fin al contrato y recuperarlo todo.
clock-delivery-met-you = Entregado el { $done }.
clock-delivery-met-late-you = Entregado tarde, el { $done }.

clock-withholding-waits-you = Podemos retener el dinero hasta que vuelvan los artículos o demuestre que los envió.

clock-remedy-waits-you = Debemos reparar o sustituir en un tiempo razonable.
clock-remedy-runs-you = Debemos reparar o sustituir a más tardar el { $date }.
clock-remedy-late-you = Debíamos haber reparado o sustituido a más tardar el el { $date }. Ya puede pedir su dinero.
clock-remedy-met-you = Solucionado el { $done }.
clock-remedy-met-late-you = Solucionado tarde, el { $done }.

clock-refund-waits-you = La ley dice que recupera su dinero; el día se fija cuando vuelven los artículos o demuestra que los envió.
clock-refund-runs-you = Debemos reembolsarle a más tardar el { $date }.
clock-refund-late-you = Debíamos haberle reembolsado a más tardar el { $date }. Vamos tarde; escríbanos si no tiene noticias.
clock-refund-met-you = Le reembolsamos el { $done }.
clock-refund-met-late-you = Le reembolsamos el { $done }, más tarde de lo que permite la ley.

clock-unreviewed = sin revisar
clock-unreviewed-why = Ningún abogado ha validado aún esta regla.
clocks-title = Lo que cuenta la ley
clocks-portal-note = Estos días salen de la ley y valen digan lo que digan las reglas de la tienda.

clock-reviewed = validado
