# The acknowledgement of a withdrawal: page, PDF and mail.
receipt-title = Acknowledgement of withdrawal
receipt-statement = { $client } received your withdrawal from the contract about order { $order } on { $moment }.
receipt-content = Content of the declaration
receipt-number = Number
receipt-order = Order
receipt-consumer = Declared by
receipt-email = E-mail address
receipt-goods = Goods
receipt-moment = Received
receipt-hash = Checksum (SHA-256)
receipt-hash-note = It is made from the record of your declaration. If one letter of the record were changed, it would differ.
