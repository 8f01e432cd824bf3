# بنود سياسة الإرجاع كما يقرؤها المشتري: كلمات سهلة وجمل قصيرة.
# المبالغ والنسب والأيام تصل مكتوبة، والأعداد تختار هنا صيغتها.

clause-scope-channel = { $channel ->
    [online] الطلبات من المتجر الإلكتروني
    [store] المشتريات من المتجر
    [marketplace] الطلبات من منصة البيع
    [phone] الطلبات بالهاتف
   *[business] طلبات الشركات
}
clause-scope-market = السوق: { $name }
clause-scope-category = السلع: { $name }
clause-scope-product = السلعة: { $name }

# أجزاء من الجمل.
within-days = { $days ->
    [zero] { $days } يوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}
# The mark at the start keeps both quotes in place where a line breaks between them.
quoted = ‏«{ $text }»
fee-name = { $kind ->
    [restocking] رسم إعادة التخزين
    [handling] رسم المعالجة
    [return_label] ملصق الإرجاع
   *[late] رسم التأخر
}
refund-when = { $control ->
    [immediate] فورًا
    [approved] عند الموافقة على الإرجاع
    [first_scan] عندما تمسح شركة الشحن رمز طردكم
    [delivered] عندما يصل طردكم إلينا
    [received] بعد أن نعدّ السلع
   *[inspected] بعد أن نفحص السلع
}{ $days ->
    [0] {""}
    [one] {" "}أو بعد ذلك بيوم واحد
    [two] {" "}أو بعد ذلك بيومين على الأكثر
    [few] {" "}أو بعد ذلك بـ{ $days } أيام على الأكثر
    [many] {" "}أو بعد ذلك بـ{ $days } يومًا على الأكثر
   *[other] {" "}أو بعد ذلك بـ{ $days } يوم على الأكثر
}
refund-who = { $fault ->
    [merchant] إذا كان الخطأ منا،
    [carrier] إذا كان الخطأ من شركة الشحن،
    [consumer] إذا غيّرتم رأيكم،
    [none] إذا لم يكن الخطأ من أحد،
   *[any] في الحالات الأخرى
}
list-refund = استرداد المال
list-store-credit = رصيدًا للشراء
list-exchange = استبدالًا
list-replacement = سلعة جديدة مماثلة
list-repair = إصلاحًا
list-unopened = غير مفتوحة
list-unused = غير مستعملة
list-packaging = في عبوتها الأصلية
list-tags = وعليها بطاقاتها
list-complete = كاملة بكل أجزائها
list-photos = { $n ->
    [zero] { $n } صورة
    [one] صورة واحدة
    [two] صورتين
    [few] { $n } صور
    [many] { $n } صورة
   *[other] { $n } صورة
}
list-note = وصفًا قصيرًا
list-serial = الرقم التسلسلي

clause-window = { $anchor ->
    [fulfilled] يمكنكم إرجاع السلع خلال { within-days } من الشحن.
    [ordered] يمكنكم إرجاع السلع خلال { within-days } من الطلب.
    [delivered] يمكنكم إرجاع السلع خلال { within-days } من التسليم.
    [last_parcel] يمكنكم إرجاع السلع خلال { within-days } من وصول آخر طرد.
   *[inherited] يمكنكم إرجاع هذه السلع خلال { within-days }.
}
clause-window-anchor = { $anchor ->
    [fulfilled] هنا تُحسب الأيام من الشحن.
    [ordered] هنا تُحسب الأيام من الطلب.
    [delivered] هنا تُحسب الأيام من التسليم.
   *[last_parcel] هنا تُحسب الأيام من وصول آخر طرد.
}
clause-window-transit = إذا لم نعرف يوم التسليم، نحسب { within-days } للطريق.
clause-window-as-law = إذا منحكم قانون بلدكم وقتًا أطول، فلكم ذلك الوقت.
clause-window-not-as-law = هذه المدة نمنحها نحن. وقد يمنحكم القانون حقوقًا أخرى.
clause-window-reason = لهذا السبب لديكم { within-days }: { $reason }.
clause-holiday = الطلبات من { $from } إلى { $to } يمكن إرجاعها حتى { $until }.
clause-final-sale-never = يمكنكم إرجاع السلع المخفضة مثل غيرها.
clause-final-sale-lawful = يمكنكم إرجاع سلع البيع النهائي إذا منحكم القانون هذا الحق.
clause-final-sale-always = لا نقبل هنا إرجاع سلع البيع النهائي.
clause-final-sale = { $text }
clause-exclusion = { $text }
clause-exclusion-opened = ما دام الختم سليمًا، يمكنكم إرجاع هذه السلع.
clause-exclusion-lawful = إذا منحكم القانون حق إرجاع هذه السلع، فيمكنكم ذلك.
clause-condition = يرجى إرسال السلع { $states }.
clause-condition-none = نقبل هذه السلع بأي حالة.
clause-min-value = نقبل السلع بقيمة { $amount } أو أكثر.
clause-max-value = نقبل السلع بقيمة تصل إلى { $amount }.
clause-max-units = { $units ->
    [zero] نقبل { $units } قطعة من السلعة الواحدة.
    [one] نقبل قطعة واحدة من السلعة الواحدة.
    [two] نقبل حتى قطعتين من السلعة الواحدة.
    [few] نقبل حتى { $units } قطع من السلعة الواحدة.
    [many] نقبل حتى { $units } قطعة من السلعة الواحدة.
   *[other] نقبل حتى { $units } قطعة من السلعة الواحدة.
}
clause-reason-not-accepted = لا نقبل الإرجاع لهذا السبب: { $reason }.
clause-reason-fault = { $fault ->
    [merchant] في هذا السبب نتحمل نحن الخطأ: { $reason }.
    [carrier] في هذا السبب تتحمل شركة الشحن الخطأ: { $reason }.
    [consumer] يُعدّ هذا السبب تغييرًا للرأي: { $reason }.
   *[none] في هذا السبب لا خطأ على أحد: { $reason }.
}
clause-evidence = إذا ذكرتم هذا السبب، فأرسلوا إلينا { $things }: { $reason }.
clause-own-reason = يمكنكم أيضًا ذكر هذا السبب: { $text }.
clause-own-reason-fault = { $fault ->
    [merchant] يمكنكم أيضًا ذكر هذا السبب، ونتحمل نحن الخطأ: { $text }.
    [carrier] يمكنكم أيضًا ذكر هذا السبب، وتتحمل شركة الشحن الخطأ: { $text }.
    [consumer] يمكنكم أيضًا ذكر هذا السبب، ويُعدّ تغييرًا للرأي: { $text }.
   *[none] يمكنكم أيضًا ذكر هذا السبب، ولا خطأ على أحد: { $text }.
}
clause-fee-rate = { fee-name }: { $rate } من الثمن المدفوع{ $opened ->
    [0] {""}
   *[other] {" "}إذا كُسر الختم
}{ $after ->
    [0] {""}
    [one] {" "}إذا طلبتم بعد أكثر من يوم واحد
    [two] {" "}إذا طلبتم بعد أكثر من يومين
    [few] {" "}إذا طلبتم بعد أكثر من { $after } أيام
    [many] {" "}إذا طلبتم بعد أكثر من { $after } يومًا
   *[other] {" "}إذا طلبتم بعد أكثر من { $after } يوم
}.
clause-fee-amount = { fee-name }: { $amount }{ $taxed ->
    [0] {""}
   *[other] {" "}مع الضريبة
}{ $opened ->
    [0] {""}
   *[other] {" "}إذا كُسر الختم
}{ $after ->
    [0] {""}
    [one] {" "}إذا طلبتم بعد أكثر من يوم واحد
    [two] {" "}إذا طلبتم بعد أكثر من يومين
    [few] {" "}إذا طلبتم بعد أكثر من { $after } أيام
    [many] {" "}إذا طلبتم بعد أكثر من { $after } يومًا
   *[other] {" "}إذا طلبتم بعد أكثر من { $after } يوم
}.
clause-fee-none = { $kind ->
    [restocking] لا رسم لإعادة التخزين.
    [handling] لا رسم للمعالجة.
    [return_label] ملصق الإرجاع مجاني.
   *[late] لا رسم على الإرجاع المتأخر.
}
clause-fee-fault = إذا كان الخطأ منا أو من شركة الشحن، فلا رسوم.
clause-fee-cap = لا يزيد هذا الرسم أبدًا عن { $amount }.
clause-fee-reasons = يؤخذ هذا الرسم لهذا السبب فقط: { $reasons }.
clause-fee-statutory = لا تدفعون هذا الرسم إذا استعملتم حقًا يمنحكم إياه القانون.
clause-fee-order = لا تدفعون هذا الرسم إذا بلغ طلبكم { $amount } أو أكثر.
clause-fee-outcomes = لا تدفعون هذا الرسم إذا اخترتم { $outcomes }.
clause-outcomes = يمكنكم أن تختاروا { $outcomes }.
clause-outcomes-reason = لهذا السبب يمكنكم أن تختاروا { $outcomes }: { $reason }.
clause-bonus = { $outcome ->
    [exchange] إذا اخترتم الاستبدال، تحصلون على { $rate } إضافية.
   *[store_credit] إذا اخترتم رصيد الشراء، تحصلون على { $rate } إضافية.
}
clause-bonus-cap = لا تزيد هذه الإضافة أبدًا عن { $amount }.
clause-prefer = نعرض الاستبدال أولًا. ويبقى استرداد المال على بُعد خطوة، وحيث يمنحكم القانون حقًا فيه يظهر بجانبه.
clause-promotion = { $rule ->
    [keep] يبقى لكم الخصم مهما أرجعتم.
   *[claw_back] إذا لم يعد باقي الطلب يستحق الخصم، نقتطعه من المال المسترد.
}
clause-label = { $payer ->
    [merchant] نحن ندفع تكلفة الإرجاع.
   *[customer] أنتم تدفعون تكلفة الإرجاع، إلا إذا كان الخطأ منا أو من شركة الشحن.
}
clause-send-by = يرجى تسليم الطرد خلال { within-days } من موافقتنا.
clause-shipping = { $rule ->
    [none] لا نرد تكلفة التوصيل.
    [pro_rata] نرد جزءًا متناسبًا من تكلفة التوصيل.
    [full] نرد تكلفة التوصيل كلها.
   *[full_on_full_order] نرد تكلفة التوصيل عندما ترجعون الطلب كله.
}
clause-shipping-fault = { $rule ->
    [pro_rata] إذا كان الخطأ منا، نرد جزءًا متناسبًا من تكلفة التوصيل.
    [full] إذا كان الخطأ منا، نرد تكلفة التوصيل كلها.
   *[full_on_full_order] إذا كان الخطأ منا، نرد تكلفة التوصيل عندما يعود الطلب كله.
}
clause-grade = { $grade ->
    [a] سلع مختومة: نقتطع { $rate } من الثمن.
    [b] سلع مفتوحة: نقتطع { $rate } من الثمن.
    [c] سلع عليها أثر استعمال: نقتطع { $rate } من الثمن.
    [d] سلع تحتاج إلى إصلاح: نقتطع { $rate } من الثمن.
   *[e] سلع تالفة: نقتطع { $rate } من الثمن.
}
clause-refund = نرد المال { refund-when }.
clause-refund-statutory = إذا استعملتم حقًا يمنحكم إياه القانون، نرد المال { refund-when }.
clause-refund-tier = { refund-who } نرد المال { refund-when }.
clause-refund-tier-amount = { refund-who } نرد ثمن السلع حتى { $amount } { refund-when }.
clause-returnless = { $instead ->
    [donate] السلع حتى { $amount } يمكنكم التبرع بها بدل إرسالها. وذلك لهذه الأسباب: { $reasons }.
   *[keep] السلع حتى { $amount } يمكنكم الاحتفاظ بها دون إرسالها. وذلك لهذه الأسباب: { $reasons }.
}
clause-returnless-max = { $times ->
    [zero] نعرض هذا { $times } مرة في السنة.
    [one] نعرض هذا مرة واحدة في السنة.
    [two] نعرض هذا حتى مرتين في السنة.
    [few] نعرض هذا حتى { $times } مرات في السنة.
    [many] نعرض هذا حتى { $times } مرة في السنة.
   *[other] نعرض هذا حتى { $times } مرة في السنة.
}
clause-returnless-economics = نعرض هذا عندما تكلف إعادة السلع أكثر مما تساويه عندنا.
clause-approval = نوافق فورًا على الإرجاع حتى { $amount }. وما زاد ينظر فيه شخص.
clause-appeal = إذا لم توافقوا على قرارنا، فاكتبوا إلينا خلال { within-days }. { $answer ->
    [zero] يجيبكم شخص آخر خلال { $answer } يوم.
    [one] يجيبكم شخص آخر خلال يوم واحد.
    [two] يجيبكم شخص آخر خلال يومين.
    [few] يجيبكم شخص آخر خلال { $answer } أيام.
    [many] يجيبكم شخص آخر خلال { $answer } يومًا.
   *[other] يجيبكم شخص آخر خلال { $answer } يوم.
}
