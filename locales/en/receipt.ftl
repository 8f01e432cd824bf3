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
receipt-hash-note = It is made from the record below, which also comes with the mail as record.txt. Any SHA-256 tool checks it: “sha256sum record.txt” gives this very number. If one letter of the record were changed, it would differ.
receipt-statement-withdrawal = { $client } received your withdrawal from the contract about order { $order } on { $moment }.
receipt-statement-revocation = { $client } received your revocation of the purchase with order { $order } on { $moment }.
receipt-goods-all = the whole contract
receipt-record = The record
