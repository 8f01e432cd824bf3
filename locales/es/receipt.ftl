# El acuse de recibo de un desistimiento: página, PDF y correo.
receipt-title = Acuse de recibo del desistimiento
receipt-statement = { $client } recibió su desistimiento del contrato sobre el pedido { $order } el { $moment }.
receipt-content = Contenido de la declaración
receipt-number = Número
receipt-order = Pedido
receipt-consumer = Declarado por
receipt-email = Correo electrónico
receipt-goods = Artículos
receipt-moment = Recibido
receipt-hash = Suma de control (SHA-256)
receipt-hash-note = Se calcula a partir del registro de abajo, que también va con el correo como record.txt. Cualquier herramienta SHA-256 la comprueba: «sha256sum record.txt» da este mismo número. Si cambiara una sola letra del registro, sería distinto.
receipt-statement-withdrawal = { $client } recibió su desistimiento del contrato sobre el pedido { $order } el { $moment }.
receipt-statement-revocation = { $client } recibió su revocación de la compra del pedido { $order } el { $moment }.
receipt-goods-all = todo el contrato
receipt-record = El registro
