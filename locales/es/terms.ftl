# Las palabras de los códigos dentro de frases: term-<código>.
term-refund = Reembolso
term-store-credit = Vale
term-exchange = Cambio
term-replacement = Sustitución
term-repair = Reparación

term-photos = fotos
term-note = una breve descripción
term-serial = el número de serie

term-immediate = usted lo ha pedido
term-approved = la devolución está aprobada
term-first-scan = el transportista ha registrado su paquete
term-delivered = su paquete nos ha llegado
term-received = los artículos están contados
term-inspected = los artículos están revisados

term-size-small = Demasiado pequeño
term-size-large = Demasiado grande
term-colour = No me gusta el color
term-style = No me gusta el estilo
term-changed-mind = He cambiado de opinión
term-ordered-by-mistake = Lo pedí por error
term-better-price = Lo encontré más barato
term-late-delivery = Llegó demasiado tarde
term-not-as-described = No es como se describía
term-wrong-item = Recibí otro artículo
term-missing-parts = Faltan piezas
term-damaged-in-transit = Llegó dañado
term-defective = No funciona
term-defective-in-warranty = Se estropeó en garantía
term-unauthorised-purchase = Yo no lo pedí
term-recall = Lo han retirado del mercado
term-refused-or-undeliverable = No se entregó
term-other = Otro motivo

term-custom-altered = hecho o cambiado a su gusto
term-perishable = productos que caducan pronto
term-plants-flowers = plantas y flores
term-food = alimentos
term-sealed-hygiene-unsealed = precintado por higiene y abierto
term-inseparably-mixed = mezclado con otros bienes sin poder separarse
term-sealed-media-unsealed = grabaciones o programas precintados, abiertos
term-newspaper-single-issue = periódicos y revistas sueltos
term-digital-begun-with-consent = contenido digital empezado con su consentimiento
term-digital-downloaded = contenido digital ya descargado
term-marked-final-sale = marcado como venta final
term-personal-use = bienes de uso personal
