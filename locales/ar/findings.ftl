# ما يجده فحص السياسة وما تغيّره نسخة جديدة. أسماء لغة السياسات تبقى كما تُكتب في الملف.

# دون ما يمنحه القانون
finding-window = تنتهي المدة قبل أن ينتهي حق الزبون
finding-window-help = أطيلوها أو احسبوها من ⁦last_parcel⁩ أو أضيفوا ⁦as_law = true⁩.
finding-exclusion = الاستثناء أوسع مما يسمح به القانون
finding-exclusion-help = ضيّقوه (⁦only_opened⁩) أو اقصروه على الأسواق التي تسمح به أو أضيفوا ⁦where_lawful = true⁩.
finding-final-sale = سلع بيعت بيعًا نهائيًا يسمح القانون بإرجاعها
finding-final-sale-help = اكتبوا هناك ⁦final_sale = "where_lawful"⁩ أو ⁦"never"⁩.
finding-reason = يُرفض سبب مع أن الحق لا يحتاج إلى سبب
finding-reason-help = اقبلوا هذا السبب في هذه الأماكن.
finding-eligibility = تُرفض طلبات بسبب قيمتها أو عددها مع أن القانون يقبلها
finding-eligibility-help = احذفوا الحد في هذه الأماكن.
finding-condition = تُرفض سلع بسبب حالتها مع أن القانون يسمح بإرجاعها
finding-condition-help = احذفوا الشرط، ويمكن خصم نقص القيمة حسب الدرجة بدلًا منه.
finding-evidence = تُطلب أدلة مع أن الحق لا يحتاج إلى سبب
finding-evidence-help = احذفوا الأدلة لهذا السبب.
finding-fee = يؤخذ رسم مع أن القانون لا يسمح بأي رسم
finding-fee-help = أضيفوا ⁦waiver = { "{" } statutory = true { "}" }⁩ أو ⁦none = true⁩ في هذه الأماكن.
finding-deduction = يُخصم مبلغ حيث لا يسمح القانون بالخصم
finding-deduction-help = لا تخصموا شيئًا للدرجتين A وB، أو لا تخصموا شيئًا إطلاقًا في هذه الأماكن.
finding-refund-form = لا يستطيع الزبون اختيار ما يمنحه القانون
finding-refund-form-help = أضيفوا ⁦"refund"⁩ (أو ⁦"replacement"⁩ أو ⁦"repair"⁩ عند العيوب) إلى ⁦outcomes⁩.
finding-outbound = ما دُفع مقابل التوصيل لا يُرد
finding-outbound-help = اكتبوا ⁦shipping.rule = "full_on_full_order"⁩ أو ما هو أفضل.
finding-return-cost = يدفع الزبون كلفة إرجاع يجب أن يدفعها البائع
finding-return-cost-help = اكتبوا ⁦label = "merchant"⁩ دون رسم ⁦return_label⁩ في هذه الأماكن.
finding-refund-time = يُدفع المال بعد الموعد الذي يسمح به القانون
finding-refund-time-help = اكتبوا ⁦statutory = "first_scan"⁩ أو ما قبله، وقيمة أصغر لـ⁦within_days⁩.

# نتيجتا الطلب
finding-when = { $control ->
    [immediate] فورًا
    [approved] عند الموافقة على الإرجاع
    [first_scan] عندما تمسح شركة الشحن رمز الطرد
    [delivered] عندما يصل الطرد
    [received] بعد عدّ السلع
   *[inspected] بعد فحص السلع
}{ $days ->
    [0] {""}
    [one] {" "}أو بعد ذلك بيوم واحد
    [two] {" "}أو بعد ذلك بيومين على الأكثر
    [few] {" "}أو بعد ذلك بـ{ $days } أيام على الأكثر
    [many] {" "}أو بعد ذلك بـ{ $days } يومًا على الأكثر
   *[other] {" "}أو بعد ذلك بـ{ $days } يوم على الأكثر
}
finding-policy-refuses = { $code ->
    [category_excluded] ترفض: السلع مستثناة
    [final_sale] ترفض: بيعت بيعًا نهائيًا
    [reason_not_accepted] ترفض: هذا السبب غير مقبول
    [not_eligible] ترفض: هذه القيمة أو هذا العدد غير مقبول
    [condition_not_met] ترفض: السلع ليست في الحالة المطلوبة
   *[any] ترفض
}
finding-policy-closed = ترفض: انتهت المدة في { $day }
finding-policy-evidence = تطلب أدلة عند السبب { $reason }
finding-policy-outbound = تحتفظ بما دُفع مقابل التوصيل حتى إذا عاد الطلب كله
finding-policy-deduction = تحتفظ بنسبة { $rate } من السعر لسلع من الدرجة { $grade }
finding-policy-pays = ترد المال { finding-when }، وهنا في { $day }
finding-policy-fee = { fee-name }: { $amount }
finding-policy-return-cost = يدفع الزبون كلفة الإرجاع
finding-policy-offers = تعرض { $outcomes } فقط
finding-law-until = يمكن استعمال الحق حتى { $day }
finding-law-open = يمكن استعمال الحق، ولا يحدد القانون يومًا أخيرًا
finding-law-evidence = الحق لا يحتاج إلى سبب ولا إلى أدلة
finding-law-outbound = يُرد أيضًا ما دُفع مقابل التوصيل العادي
finding-law-no-deduction = لا يجوز خصم شيء
finding-law-deduction = نقص القيمة فقط إذا نتج عن استعمال يزيد على ما يلزم لمعاينة السلعة
finding-law-due = المال مستحق في { $day }
finding-law-return-cost = يدفع البائع كلفة الإرجاع
finding-law-no-fee = لا يجوز أخذ رسم مقابل استعمال الحق
finding-law-repair = يمنح الإصلاح أو الاستبدال
finding-law-refund = يمنح استرداد المال

# تناقضات وقواعد ميتة وثغرات
finding-market-unsold = السوق { $name } بلا طلبات: ليس أي من بلدانه في ⁦countries⁩
finding-market-unsold-help = أضيفوا البلدان أو احذفوا السوق.
finding-label-twice = يدفع التاجر كلفة الإرجاع ويدفع الزبون رسمًا للملصق
finding-label-twice-help = أبقوا واحدًا فقط: ⁦label = "merchant"⁩ أو ⁦fees.return_label⁩.
finding-reason-says-more = السبب غير مقبول، فلا معنى لأيامه وأدلته وخياراته
finding-reason-says-more-help = احذفوها أو اقبلوا السبب.
finding-fee-waived = يسقط الرسم مع كل خيار معروض، فلا يدفعه أحد
finding-fee-waived-help = اكتبوا ⁦none = true⁩.
finding-cap-below = السقف أقل من المبلغ، فلا يؤخذ المبلغ أبدًا
finding-cap-below-help = اكتبوا السقف في ⁦amount⁩.
finding-stay-above-approval = يجوز أن تبقى سلع بقيمة أعلى مما تستطيع القاعدة الموافقة عليه، فيجب أن ينظر شخص كل مرة
finding-stay-above-approval-help = ارفعوا ⁦auto_approve⁩ أو اخفضوا ⁦returnless.up_to⁩.
finding-values-crossed = أصغر قيمة أعلى من أكبر قيمة، فلا يُقبل شيء
finding-values-crossed-help = بدّلوا بينهما.
finding-bonus-not-offered = هناك مكافأة على { $outcome } مع أنه غير معروض
finding-bonus-not-offered-help = اعرضوه أو احذفوا المكافأة.
finding-prefer-not-offered = يُراد عرض الاستبدال أولًا، ولا شيء يعرضه
finding-prefer-not-offered-help = اعرضوه في outcomes أو احذفوا prefer.
finding-authority-crossed = يجوز للموظفين البت في مبالغ أعلى من قادة الفرق
finding-authority-crossed-help = بدّلوا بينهما.
finding-dead = لا يصل أي طلب إلى هذه القاعدة
finding-dead-help = تسبقها دائمًا قاعدة أخرى، فاحذفوا هذه أو غيّروا تلك.
finding-ground = لا يعرف القانون استثناءً باسم «{ $name }»
finding-ground-help = استعملوا اسمًا من حزم القانون مثل ⁦sealed_hygiene_unsealed⁩، فالسبب كما هو لا يُعتد به.
finding-gap-label = لا شيء يبيّن من يدفع كلفة الإرجاع، فيدفعها الزبون
finding-gap-label-help = أضيفوا ⁦label⁩.
finding-gap-shipping = لا شيء يبيّن متى يُرد ثمن التوصيل، فلا يُرد إلا إذا كان الخطأ من البائع
finding-gap-shipping-help = أضيفوا ⁦shipping = { "{" } rule = "full_on_full_order" { "}" }⁩.
finding-gap-refund = لا شيء يبيّن متى يُدفع المال، فينتظر الفحص
finding-gap-refund-help = أضيفوا ⁦refund = { "{" } control = "received" { "}" }⁩.
finding-gap-approval = لا تستطيع أي قاعدة الموافقة، فينظر شخص في كل إرجاع
finding-gap-approval-help = أضيفوا ⁦auto_approve⁩.
finding-gap-appeal = لا شيء يبيّن كيف يُعترض على قرار
finding-gap-appeal-help = أضيفوا ⁦appeal = { "{" } days = 30, answer_days = 5 { "}" }⁩.
finding-gap-final-sale = تُرفض السلع المحددة كبيع نهائي ولا نص يذكر ذلك
finding-gap-final-sale-help = أضيفوا ⁦[final_sale]⁩ مع نص، أو ⁦final_sale = "never"⁩.
finding-gap-reason = لا سبب من أسباب العميل الخاصة يقابل { $reason }
finding-gap-reason-help = أضيفوا سببًا ليستطيع الزبائن ذكره.
finding-gap-before-delivery = البضاعة التي لا تزال في الطريق في يوم وصولها المعتاد بلا جواب، فينظر فيها شخص
finding-gap-before-delivery-help = أضيفوا ⁦transit_days⁩ أو أطيلوا المدة يومًا.

# طلب بتفاصيله
finding-order-comma = ،{" "}
finding-order-place = { $name }
finding-order-channel = { $channel ->
    [online] عبر الإنترنت
    [store] في متجر
    [marketplace] على منصة بيع
    [phone] بالهاتف
   *[business] لشركة
}
finding-order-category = الفئة { $name }
finding-order-article = السلعة { $name }
finding-order-placed = طُلب في { $day }
finding-order-delivered = سُلّم في { $day }
finding-order-undelivered = لم يُسلَّم
finding-order-last-parcel = آخر طرد في { $day }
finding-order-asked = طُلب الإرجاع في { $day }
finding-order-reason = السبب { $reason }
finding-order-own-reason = بكلمات العميل { $name }
finding-order-paid = المدفوع { $amount }
finding-order-units = { $n ->
    [zero] { $n } قطعة
    [one] قطعة واحدة
    [two] قطعتان
    [few] { $n } قطع
    [many] { $n } قطعة
   *[other] { $n } قطعة
}
finding-order-seal = { $seal ->
    [broken] الختم مكسور
   *[intact] الختم سليم
}
finding-order-final-sale = بيع نهائي
finding-order-lacks = { $condition ->
    [unopened] مفتوحة
    [unused] مستعملة
    [packaging] دون العبوة الأصلية
    [tags] دون البطاقات
   *[complete] ناقصة
}
finding-order-no-evidence = دون أدلة
finding-order-wants = المطلوب { $outcome }

# ما يتغير للزبائن
finding-aspect-verdict = الجواب
finding-aspect-window = المدة
finding-aspect-fees = الرسوم
finding-aspect-way-back-paid-by = من يدفع كلفة الإرجاع
finding-aspect-outcomes = ما يمكن اختياره
finding-aspect-delivery-refunded = رد ثمن التوصيل
finding-aspect-money-goes = متى يُدفع المال
finding-aspect-goods = السلع
finding-aspect-deductions-by-grade = الخصم حسب الدرجة
finding-is-open = مفتوحة
finding-is-day = حتى { $day }
finding-is-amount = { $amount }
finding-is-payer = { $payer ->
    [merchant] التاجر
   *[customer] الزبون
}
finding-is-list = { $list }
finding-is-shipping = { $rule ->
    [none] لا يُرد
    [pro_rata] حصة عادلة
    [full] كاملًا
   *[full_on_full_order] كاملًا إذا عاد الطلب كله
}
finding-is-money = { finding-when }
finding-is-goods = { $goods ->
    [stay] تبقى
   *[back] تعود
}
finding-is-rates = ⁦A–E⁩: { $rates }
finding-is-taken = { $how ->
    [person] ينظر شخص
    [evidence] مقبول مع أدلة
   *[taken] مقبول
}
finding-is-refused = { $code ->
    [category_excluded] مرفوض: السلع مستثناة
    [final_sale] مرفوض: بيعت بيعًا نهائيًا
    [reason_not_accepted] مرفوض: هذا السبب غير مقبول
    [not_eligible] مرفوض: هذه القيمة أو هذا العدد غير مقبول
    [condition_not_met] مرفوض: السلع ليست في الحالة المطلوبة
   *[window_closed] مرفوض: انتهت المدة
}
