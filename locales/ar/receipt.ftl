# إشعار استلام العدول: صفحة وملف PDF ورسالة.
receipt-title = إشعار استلام العدول
receipt-statement = استلم { $client } عدولكم عن العقد بشأن الطلب { $order } في { $moment }.
receipt-content = مضمون الإعلان
receipt-number = الرقم
receipt-order = الطلب
receipt-consumer = صاحب الإعلان
receipt-email = البريد الإلكتروني
receipt-goods = السلع
receipt-moment = وقت الاستلام
receipt-hash = المجموع الاختباري (SHA-256)
receipt-hash-note = يُحسب من السجل أدناه، المرفق أيضًا بالرسالة باسم record.txt. تتحقق منه أي أداة SHA-256: يعطي الأمر «sha256sum record.txt» الرقم نفسه. ولو تغير حرف واحد لاختلف.
receipt-statement-withdrawal = استلم { $client } عدولكم عن العقد بشأن الطلب { $order } في { $moment }.
receipt-statement-revocation = استلم { $client } رجوعكم عن شراء الطلب { $order } في { $moment }.
receipt-goods-all = العقد كله
receipt-record = السجل
