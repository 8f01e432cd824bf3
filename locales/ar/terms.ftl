# كلمات الرموز داخل الجمل: term-<رمز>.
term-refund = استرداد المال
term-store-credit = رصيد للشراء
term-exchange = استبدال
term-replacement = سلعة جديدة مماثلة
term-repair = إصلاح

term-photos = صور
term-note = وصف قصير
term-serial = الرقم التسلسلي

term-immediate = طلبتم ذلك
term-approved = تمت الموافقة على الإرجاع
term-first-scan = مسحت شركة الشحن رمز طردكم
term-delivered = وصل طردكم إلينا
term-received = عُدّت السلع
term-inspected = فُحصت السلع

term-size-small = صغيرة جدًا
term-size-large = كبيرة جدًا
term-colour = لا يعجبني اللون
term-style = لا يعجبني الشكل
term-changed-mind = غيّرت رأيي
term-ordered-by-mistake = طلبتها بالخطأ
term-better-price = وجدتها بسعر أقل
term-late-delivery = وصلت متأخرة
term-not-as-described = لا تطابق الوصف
term-wrong-item = وصلتني سلعة أخرى
term-missing-parts = تنقصها أجزاء
term-damaged-in-transit = وصلت تالفة
term-defective = لا تعمل
term-defective-in-warranty = تعطلت خلال الضمان
term-unauthorised-purchase = لم أطلبها أنا
term-recall = سُحبت من السوق
term-refused-or-undeliverable = لم تُسلَّم
term-other = سبب آخر

term-custom-altered = صُنعت أو عُدّلت حسب طلبكم
term-perishable = سلع سريعة التلف
term-plants-flowers = نباتات وزهور
term-food = أغذية
term-sealed-hygiene-unsealed = مختومة لأسباب صحية ثم فُتحت
term-inseparably-mixed = اختلطت بغيرها ولا يمكن فصلها
term-sealed-media-unsealed = تسجيلات أو برامج مختومة فُتحت
term-newspaper-single-issue = أعداد مفردة من الصحف والمجلات
term-digital-begun-with-consent = محتوى رقمي بدأ بموافقتكم
term-digital-downloaded = محتوى رقمي جرى تنزيله
term-marked-final-sale = محددة كبيع نهائي
term-personal-use = سلع للاستعمال الشخصي
