# Taller de políticas: borradores, comprobación, revisión, aprobación y publicación.

# Páginas
studio-title = Políticas
studio-lede = Lo que se promete a los clientes: redactado, comprobado con la ley, aprobado por una segunda persona, publicado.
studio-tabs = Este borrador
studio-tab-write = Redactar
studio-tab-check = Comprobar y publicar
studio-version = Versión { $n }
studio-from-day = desde el { $day }
studio-line = línea { $n }

# Versiones y borradores de un cliente
studio-in-force = Vigente
studio-next = Siguiente
studio-coming = Por venir
studio-drafts = Borradores
studio-draft = Borrador
studio-stage = Estado
studio-changed = Modificado
studio-no-drafts = No hay ningún borrador abierto
studio-no-drafts-why = Empiece uno desde la versión vigente, cambie lo que deba cambiar y hágalo comprobar.
studio-begin = Empezar un borrador
studio-draft-title = Título
studio-from = Vale para pedidos desde el
studio-from-hint = Como pronto desde mañana: todos los pedidos de un día tienen las mismas condiciones.
studio-start = Partir de
studio-start-version = Versión { $n }, desde el { $day }
studio-start-empty = Una política vacía
studio-history = Versiones
studio-version-column = Versión
studio-published = Publicada por
studio-approved = Aprobada por
studio-note = Nota
studio-house = La casa
studio-nobody = nadie
studio-goes-back = Vuelve a la versión { $n }.
studio-no-versions = Aún no hay nada publicado
studio-no-versions-why = La primera versión puede valer para pedidos de cualquier día.
studio-roll-back = Volver a una versión anterior
studio-roll-back-why = El texto antiguo pasa a ser un borrador nuevo. Se comprueba y aprueba como cualquier otro, y los pedidos hechos entretanto conservan sus condiciones.
studio-back-to = Volver a la versión { $n }
studio-facts = Esta versión
studio-content-hash = Huella del contenido
studio-seal = Sello
studio-law = Comprobada con la ley

# Cómo va un borrador
studio-stage-broken = Aún no es legible
studio-stage-unchecked = Sin comprobar
studio-stage-checking = Comprobándose
studio-stage-undercut = Por debajo de la ley
studio-stage-ready = Listo para revisión
studio-stage-in-review = En revisión
studio-stage-approved = Aprobado
studio-stage-published = Publicado
studio-stage-dropped = Abandonado
studio-step-write = Redactar
studio-step-check = Comprobar
studio-step-review = Pedir revisión
studio-step-approve = Segunda persona
studio-step-publish = Publicar

# Editor
studio-text = Texto de la política
studio-text-hint = TOML. Todo lo que escriba se guarda, aunque aún no sea una política.
studio-save = Guardar
studio-save-check = Guardar y comprobar
studio-preview = Lo que leen los clientes
studio-errors = { $n ->
    [one] Hay un error
   *[other] Hay { $n } errores
}
studio-reads = El texto es una política
studio-reads-check = Compruébelo para ver si en algún lugar está por debajo de la ley y qué cambia para los clientes.
studio-clean = La comprobación no encontró nada
studio-found = { $n ->
    [one] La comprobación encontró un punto
   *[other] La comprobación encontró { $n } puntos
}

# Comprobar y publicar
studio-next-step = Siguiente paso
studio-check = Comprobar
studio-checking = Comprobando con la ley
studio-places = { $done } de { $total } lugares
studio-cancel = Detener
studio-do-broken = El texto aún no es una política. El editor muestra línea por línea lo que falla.
studio-do-unchecked = Este texto y este día no se han comprobado. La comprobación los compara con la ley de cada lugar donde se vende y con la versión vigente.
studio-do-law = La ley ha cambiado desde la comprobación. Compruebe de nuevo.
studio-do-undercut = Hay pedidos para los que esta política da menos que la ley. No se puede publicar; cada hallazgo de abajo muestra uno de esos pedidos y qué cambiar.
studio-do-ready = La comprobación vale. Una segunda persona debe aprobar exactamente este texto, día y ley antes de que se pueda publicar.
studio-do-review = { $name } pide la aprobación de exactamente esto:
studio-do-publish = { $name } lo aprobó. Una vez publicado, vale para pedidos desde el { $day }; los anteriores conservan sus condiciones.
studio-is-published = Publicado. Vale para pedidos desde el { $day }.
studio-is-dropped = Este borrador se abandonó. Su texto se conserva.
studio-too-early = Puede valer como pronto desde el { $day }. Cambie el día y compruebe de nuevo.
studio-reason = Por qué pueden quedar las advertencias
studio-reason-hint = Se publica con la versión, para quien pregunte más tarde.
studio-ask-review = Pedir revisión
studio-approve = Aprobar exactamente esto
studio-no-approver = Usted no puede aprobar políticas. Pueden hacerlo las personas del cliente y los administradores.
studio-own = Usted participó en este borrador, así que debe aprobarlo otra persona.
studio-publish = Publicar
studio-written-by = Redactado por
studio-drop = Abandonar este borrador
studio-drop-why = Sale de la lista. El texto se conserva, pero nadie puede seguir trabajando en él.
studio-findings = Hallazgos
studio-checked-places = { $places ->
    [one] Comprobado con la ley de un lugar.
   *[other] Comprobado con la ley de { $places } lugares.
}
studio-their-words = Ningún jurista ha revisado una regla, salvo que la mesa jurídica lo diga.
studio-kind-undercut = Por debajo de la ley
studio-kind-contradiction = Contradicción
studio-kind-unreachable = Nunca se alcanza
studio-kind-ground = Fundamento desconocido
studio-kind-gap = Laguna
studio-witness = Un pedido así
studio-help = Qué hacer:
studio-policy-gives = Lo que hace la política
studio-law-gives = Lo que da la ley
studio-source = Fuente:
studio-also-in = También en:
studio-changes = Quién sale ganando o perdiendo
studio-changes-why = Frente a la versión vigente, cada vez con el pedido más sencillo que lo muestra.
studio-no-changes = Nadie recibe otro trato
studio-no-changes-why = Ningún pedido recibe otra respuesta que con la versión vigente.
studio-who = Clientes
studio-aspect = En qué
studio-before = Ahora
studio-after = Después
studio-example = Un pedido así
studio-worse = peor
studio-better = mejor
studio-different = de otro modo
studio-more-changes = { $n ->
    [one] Un cambio más no se muestra.
   *[other] { $n } cambios más no se muestran.
}

# Campos
help-date = Indique un día, como 2027-03-01.
help-studio-title = Escriba un título de 1 a 120 caracteres.
help-studio-text = El texto supera los 256 KiB.
help-studio-tests = La tabla de pruebas supera 1 MiB.
help-studio-reason = Como máximo 2000 caracteres.
help-studio-alone = Diga por qué no lo aprueba nadie más.

# Por qué no avanza un borrador
problem-policy-no-policy = El texto no es una política
problem-policy-no-policy-do = Corrija lo que marca el editor y compruebe de nuevo.
problem-policy-not-checked = No se comprobó tal como está
problem-policy-not-checked-do = Compruebe el borrador y vuelva a intentarlo.
problem-policy-law-changed = La ley ha cambiado desde la comprobación
problem-policy-law-changed-do = Compruebe el borrador de nuevo con la ley de hoy.
problem-policy-undercut = La política está por debajo de la ley
problem-policy-undercut-do = Lea el pedido que muestra cada hallazgo y cambie la regla que nombra. No se publicó nada.
problem-policy-warnings = Las advertencias de la comprobación necesitan un motivo
problem-policy-warnings-do = Diga por qué pueden quedar, o cambie las reglas que nombran.
problem-policy-too-early = El primer día es demasiado pronto
problem-policy-too-early-do = Elija mañana o un día posterior: todos los pedidos de un día tienen las mismas condiciones.
problem-policy-not-in-review = Nadie pidió revisión del borrador tal como está
problem-policy-not-in-review-do = Compruébelo y pida una revisión; cualquier cambio anula lo pedido antes.
problem-policy-other-seal = El borrador cambió desde que se le mostró
problem-policy-other-seal-do = Léalo de nuevo tal como está y apruébelo después.
problem-policy-second-person = Debe aprobarlo otra persona
problem-policy-second-person-do = Pídaselo a alguien que ni redactó el borrador ni pidió su revisión.
problem-policy-not-approved = Nadie lo ha aprobado tal como está
problem-policy-not-approved-do = Pida a una segunda persona que apruebe exactamente este texto, día y ley.
problem-policy-closed = El borrador está cerrado
problem-policy-closed-do = Se publicó o se abandonó. Empiece uno nuevo.

# Tabla de pruebas
studio-tab-tests = Tabla de pruebas
studio-tab-backtest = Simulación
studio-one-order = Probar un pedido
studio-try = Decidir
studio-try-keep = Decidir y guardar como fila
studio-answer = Respuesta
studio-offered = Se ofrece:
studio-test-place = Entregado en (DE, US-NY)
studio-test-channel = Vendido
studio-test-category = Categoría
studio-test-sku = Referencia
studio-test-ordered = Pedido el
studio-test-delivered = Entregado el
studio-test-asked = Solicitado el
studio-test-reason = Motivo
studio-test-wanted = Deseado
studio-test-units = Unidades
studio-test-price = Precio unitario
studio-test-currency = Moneda
studio-test-expect = Esperado
studio-test-nothing = Nada en particular
studio-test-opened = Precinto roto
studio-test-final-sale = Vendido como venta final
studio-test-evidence = Todas las pruebas entregadas
studio-test-order = Pedido
studio-channel-online = en línea
studio-channel-store = en tienda
studio-channel-marketplace = en un mercado en línea
studio-channel-phone = por teléfono
studio-channel-business = a una empresa
studio-ending-declined = rechazado
studio-ending-asked = se pide más
studio-ending-review = mira una persona
studio-ending-partly = concedido en parte
studio-ending-granted = concedido
studio-ending-kept = concedido, se queda el artículo
studio-table = Tabla de pruebas
studio-table-none = Aún no hay filas
studio-table-none-why = Guarde pedidos que pruebe o pegue una tabla. Quedan con el borrador y se deciden de nuevo cada vez que mire.
studio-table-sum = Como se esperaba: { $good } de { $all }.
studio-row = Fila
studio-money = Dinero
studio-why = Porque
studio-as-expected = como se esperaba
studio-not-expected = no como se esperaba
studio-row-bad = ilegible
studio-csv = Muchos a la vez
studio-csv-text = Filas en CSV
studio-csv-hint = Un pedido por fila, como máximo 1000. Puede faltar alguna columna y el orden es libre.
studio-csv-file = O tomarlas de un fichero
studio-csv-run = Guardar y ejecutar
studio-csv-columns = Columnas y un ejemplo

# Simulación con casos reales
studio-replay = Decidirlos de nuevo
studio-replay-why = Casos reales de los últimos días se deciden de nuevo, con los hechos de entonces, según la versión de su compra y según este borrador. No se cambia nada en ningún caso.
studio-replay-days = Días hacia atrás
studio-replay-none = Aún no hay simulación
studio-replay-none-why = Vea cuántas personas habrían ganado o perdido antes de que le pase a nadie.
studio-replay-old = El borrador ha cambiado desde esta simulación.
studio-replaying = Decidiendo los casos de nuevo
studio-replay-cases = { $done } de { $total } casos
studio-replay-failed = La simulación falló
studio-replay-stopped = La simulación se detuvo, o el borrador cambió antes de que empezara.
studio-replayed = Casos: { $cases }, personas: { $people }, días: { $days }.
studio-replay-how = El dinero es lo que una regla concede al momento; lo que decide una persona o una prueba cuenta todavía como nada. Las excepciones de los artículos son las de la venta.
studio-endings = En qué quedan los casos
studio-cases = Casos
studio-people = { $n ->
    [one] { $n } persona
   *[other] { $n } personas
}
studio-people-column = Personas
studio-money-before = Dinero ahora
studio-money-after = Dinero después
studio-fare-worse = Peor
studio-fare-better = Mejor
studio-fare-other = De otro modo
studio-fare-same = igual
studio-unasked = Una política no decide sobre artículos que nadie anunció. Casos dejados fuera: { $n }.
studio-incomplete = Solo se guardaron para consulta los primeros 200 000 casos cambiados; todos se contaron.
studio-case = Devolución
studio-opened = Solicitado el
studio-country = País
studio-clause = Cláusula del borrador
studio-no-cases = Aquí no hay casos
studio-no-cases-why = Nada en esta simulación termina así.
help-studio-days = Indique un número de días de 1 a 1100.
help-studio-row = Esta fila no encaja con las columnas.
help-studio-place = Indique un país como DE, o con su parte como US-NY.
help-studio-currency = Indique una moneda de la política, como EUR.
