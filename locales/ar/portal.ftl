# بوابة المشتري: كلمات سهلة وجمل قصيرة وسؤال واحد في كل صفحة.
portal-this-language = العربية
portal-languages = اللغة
portal-questions = لديكم أسئلة؟ اكتبوا إلينا:
portal-continue = متابعة
portal-back = رجوع
portal-change = تغيير
portal-leave = انتهيت على هذا الجهاز
portal-rma = رقم الإرجاع

portal-step-order = الطلب
portal-step-items = السلع
portal-step-reason = السبب
portal-step-outcome = الاختيار
portal-step-send = الإرسال
portal-step-check = المراجعة

portal-landing-title = الإرجاع
portal-landing-lede = ابدؤوا الإرجاع في دقائق قليلة. لا حاجة إلى حساب.
portal-start = بدء إرجاع
portal-follow = متابعة إرجاع
portal-policy-title = سياسة الإرجاع باختصار
portal-policy-special = قواعد لبعض السلع والأسباب والأماكن
portal-policy-law = لا تقل حقوقكم القانونية عن هذا أبدًا. وقبل أن ترسلوا شيئًا ترون ما تستردونه ولماذا.

portal-find-title = أي طلب تقصدون؟
portal-follow-title = متابعة إرجاع
portal-open-title = فتح الإرجاع
portal-find-lede = نجده برقم الطلب مع بريدكم الإلكتروني أو الرمز البريدي.
portal-open-lede = يرجى إثبات أن الطلب لكم.
portal-find-late = مضى وقت على آخر زيارة. ابحثوا عن طلبكم مرة أخرى، وإجاباتكم السابقة محفوظة.
portal-find-number = رقم الطلب
portal-find-number-hint = تجدونه في رسالة تأكيد الطلب.
portal-find-proof = البريد الإلكتروني أو الرمز البريدي
portal-find-proof-hint = كما أعطيتموه مع الطلب.
portal-find-number-missing = أدخلوا رقم الطلب
portal-find-proof-missing = أدخلوا البريد الإلكتروني أو الرمز البريدي للطلب
portal-find-wrong = لا نجد طلبًا بهذه البيانات. تحققوا من الرقم ومن البريد الإلكتروني أو الرمز البريدي.

portal-items-title = أي سلع تريدون إرجاعها؟
portal-items-lede = الطلب { $number }
portal-items-none = اختاروا سلعة واحدة على الأقل
portal-items-wrong = اختاروا إحدى الكميات المعروضة
portal-items-many = اختاروا 50 سلعة على الأكثر، ولما زاد اكتبوا إلينا
portal-items-nothing = لا يمكن إرجاع شيء من هذا الطلب الآن
portal-items-nothing-do = ترون السبب أدناه عند كل سلعة.
portal-items-returns = مرات الإرجاع من هذا الطلب
portal-item-bought = { $n ->
    [zero] الكمية المشتراة: { $n }
    [one] الكمية المشتراة: واحدة
    [two] الكمية المشتراة: اثنتان
    [few] الكمية المشتراة: { $n }
    [many] الكمية المشتراة: { $n }
   *[other] الكمية المشتراة: { $n }
}
portal-item-of = السلعة { $n } من { $total }
portal-item-not-sent = { $n ->
    [zero] لم يُرسل إليكم { $n } بعد. لإلغائها اكتبوا إلينا.
    [one] لم تُرسل إليكم قطعة واحدة بعد. لإلغائها اكتبوا إلينا.
    [two] لم تُرسل إليكم قطعتان بعد. لإلغائهما اكتبوا إلينا.
    [few] لم تُرسل إليكم { $n } قطع بعد. لإلغائها اكتبوا إلينا.
    [many] لم تُرسل إليكم { $n } قطعة بعد. لإلغائها اكتبوا إلينا.
   *[other] لم تُرسل إليكم { $n } قطعة بعد. لإلغائها اكتبوا إلينا.
}
portal-item-in-return = { $n ->
    [zero] { $n } قطعة في إرجاع آخر
    [one] قطعة واحدة في إرجاع آخر
    [two] قطعتان في إرجاع آخر
    [few] { $n } قطع في إرجاع آخر
    [many] { $n } قطعة في إرجاع آخر
   *[other] { $n } قطعة في إرجاع آخر
}
portal-units-label = كم العدد؟
portal-units-none = لا شيء
portal-units = { $n }
portal-lost = هذه الإجابات لا تناسب هذا الطلب
portal-lost-do = البدء من جديد بالسلع

portal-reason-title = لماذا تريدون الإرجاع؟
portal-reason-label = اختاروا السبب الأنسب
portal-reason-missing = اختاروا سببًا
portal-details-title = أخبرونا بالمزيد
portal-opened = فُتحت السلعة أو استُعملت
portal-opened-hint = الختم أو العبوة مفتوحة، أو جُرّبت مدة أطول مما في المتجر.
portal-opened-short = مفتوحة أو مستعملة
portal-lacks = ما الذي ينطبق على هذه السلعة؟
portal-lacks-hint = ضعوا علامة على ما ينطبق. يتوقف على ذلك إمكان إرجاعها وفق قواعد المتجر؛ وتبقى حقوقكم القانونية كما هي.
portal-lacks-unopened = تم فتحها
portal-lacks-unused = استُعملت أو لُبست
portal-lacks-packaging = التغليف الأصلي مفقود
portal-lacks-tags = نُزعت البطاقات
portal-lacks-complete = قطعة أو ملحق مفقود
portal-note = ما المشكلة؟
portal-note-optional = هل هناك ما نحتاج إلى معرفته؟ (اختياري)
portal-note-hint = تكفي كلمات قليلة. لا تكتبوا أرقام بطاقات أو حسابات.
portal-note-long = اختصروا إلى 500 حرف
portal-serial = الرقم التسلسلي
portal-serial-hint = تجدونه على الجهاز أو على علبته.
portal-photos = { $n ->
    [zero] سنحتاج إلى { $n } صورة
    [one] سنحتاج إلى صورة واحدة
    [two] سنحتاج إلى صورتين
    [few] سنحتاج إلى { $n } صور
    [many] سنحتاج إلى { $n } صورة
   *[other] سنحتاج إلى { $n } صورة
}
portal-claim-photos = صور، إن كانت تُظهر المشكلة
portal-claim-photo-kept = الصورة { $n } محفوظة مع هذا النموذج
portal-photos-later = يمكنكم إضافتها في صفحة الإرجاع فور إرساله.
portal-photos-mail = أو أرسلوها بالبريد الإلكتروني
portal-photos-hint = JPEG أو PNG أو WebP، ست صور على الأكثر في المرة. يُحذف منها المكان ونوع الكاميرا.
portal-photos-given = صوركم
portal-photo-n = صورة { $n }
portal-photos-many = اختاروا ست صور على الأكثر.
portal-photos-unread = أحد الملفات ليس صورة يمكن قراءتها. اختاروا JPEG أو PNG أو WebP.

portal-outcome-title = ماذا تفضلون؟
portal-outcome-label = اختاروا واحدًا
portal-outcome-missing = اختاروا ما تفضلونه
portal-outcome-none = لا يمكننا عرض شيء هنا
portal-outcome-none-do = ترون السبب في الصفحة الأخيرة وما يمكنكم فعله.
portal-outcome-exchange = مقاس أو لون آخر بدلًا منها
portal-outcome-store-credit = للشراء من المتجر، دون تاريخ انتهاء
portal-outcome-replacement = السلعة نفسها مرة أخرى
portal-outcome-repair = نصلحها ونعيدها إليكم
portal-outcome-refund = إلى وسيلة الدفع التي استعملتموها
portal-outcome-whole = كل السلع حتى الآن: { $amount }.
portal-outcome-every = عرض كل الخيارات، ومنها استرداد المال
portal-bonus = يشمل رصيد الشراء { $amount } إضافية.
portal-variant = المقاس أو اللون المطلوب
portal-variant-hint = للاستبدال فقط.

portal-send-title = كيف ستسلمون الطرد؟
portal-send-label = اختاروا واحدًا
portal-send-missing = اختاروا كيف تسلمون الطرد
portal-send-print = طباعة الملصق
portal-send-print-note = ملف PDF لطابعتكم، ألصقوه على الطرد.
portal-send-show = عرض رمز على الهاتف
portal-send-show-note = دون طابعة، يُطبع الملصق عند التسليم.

portal-check-title = المراجعة والإرسال
portal-check-answers = إجاباتكم
portal-check-approved = يمكن إرجاع كل شيء. لا يُرسل شيء قبل تأكيدكم.
portal-check-partly = يمكن إرجاع جزء. ترون السبب أدناه.
portal-check-review = سينظر في هذا شخص أولًا.
portal-check-info = نحتاج إلى المزيد منكم قبل أن نقرر.
portal-check-all-declined = وفق قواعد المتجر لا يمكن إرجاع هذا.
portal-check-send = إرسال طلب الإرجاع
portal-check-send-anyway = الطلب على أي حال
portal-check-declined = ما زال بإمكانكم الطلب
portal-check-declined-do = تصلكم الإجابة كتابةً ويمكنكم الاعتراض، وعندها ينظر شخص في الأمر. أما حقكم القانوني في العدول فمستقل:
portal-verdict-authorise = يمكن إرجاعها
portal-verdict-keep = تبقى لكم ويُرد المال
portal-verdict-donate = تتبرعون بها ويُرد المال
portal-all-items = لكل السلع
portal-verdict-review = ينظر فيها شخص
portal-verdict-info = ينقص شيء
portal-verdict-decline = غير مقبولة
portal-words = السلعة { $line }: { $words }
portal-words-variant = المطلوب بدلًا منها: { $variant }.
portal-words-serial = الرقم التسلسلي: { $serial }.

portal-quote-title = ما تستردونه
portal-quote-total = تستردون
portal-quote-with-bonus = مع الرصيد الإضافي
portal-quote-tax = يشمل { $amount } ضريبة.
portal-quote-goods = { $n ->
    [one] { $item }
   *[other] { $n } × { $item }
}
portal-quote-charge = رسم إضافي
portal-quote-shipping = التوصيل
portal-quote-promotion = عرض ترويجي
portal-quote-fee = رسم
portal-quote-label = ملصق الإرجاع
portal-quote-deduction = نقص القيمة
portal-quote-ceiling = حد ما دُفع
portal-quote-bonus = رصيد إضافي
portal-clocks-title = أيام مهمة
portal-clock-window = تنتهي مدة الإرجاع في
portal-clock-withdrawal = ينتهي حق العدول في
portal-clock-refund = يُرد المال في موعد أقصاه
portal-clock-promised = رد المال كما وعد المتجر
portal-clock-send = التسليم حتى
portal-rights-title = حقوقكم القانونية
portal-rights-note = هذه الحقوق سارية مهما كانت قواعد المتجر.

portal-done-title = وصلنا طلب الإرجاع
portal-done-mail = نكتب أيضًا إلى
portal-done-follow = متابعة هذا الإرجاع
portal-label-title = ملصق الإرجاع
portal-label-print = فتح الملصق (PDF)
portal-label-no-printer = لا طابعة لديكم؟ اعرضوا هذا الرمز
portal-label-soon = يجري إعداد الملصق
portal-label-soon-do = يستغرق هذا ثواني قليلة. أعيدوا تحميل الصفحة.
portal-qr-alt = رمز هذا الإرجاع
portal-qr-show = اعرضوا هذا الرمز عند تسليم الطرد.

portal-next = ما التالي
portal-next-refund = تستلمون مالكم في موعد أقصاه { $date }.
portal-status-order = الطلب { $number }
portal-history = ما حدث
portal-to-order = العودة إلى الطلب
portal-worth-title = ما تحصلون عليه
portal-worth-how = كيف حُسب هذا
portal-kind-bonus = رصيد إضافي
portal-kind-collect = ما تدفعونه زيادةً
portal-kind-hold = ضمان لسلع أُرسلت مسبقًا
portal-payment-requested = تمت الموافقة ونحن نرسله
portal-payment-sent = في الطريق إليكم
portal-payment-settled = مؤكد: وصل
portal-payment-returned = عاد إلينا ونحن نعالج الأمر

portal-stage-asked = طُلب
portal-stage-approved = قُبل
portal-stage-sent = أُرسل
portal-stage-arrived = وصل
portal-stage-paid = دُفع

portal-status-submitted = وصلنا الطلب
portal-status-submitted-next = ننظر في طلبكم الآن.
portal-status-needs-info = نحتاج إلى شيء منكم
portal-status-needs-info-next = أجيبوا عن السؤال في هذه الصفحة، ثم نتابع.
portal-status-in-review = ينظر فيه شخص
portal-status-in-review-next = يصلكم الرد بالبريد الإلكتروني. لا حاجة إلى فعل شيء.
portal-status-authorised = تمت الموافقة
portal-status-authorised-next = الملصق في الطريق. بعدها احزموا السلع وسلموها.
portal-status-partly-authorised = تمت الموافقة جزئيًا
portal-status-partly-authorised-next = أرسلوا السلع المقبولة فقط. وأما غيرها فترون السبب أدناه.
portal-status-declined = غير مقبول
portal-status-declined-next = ترون السبب أدناه. يمكنكم الاعتراض، وعندها ينظر شخص في الأمر.
portal-status-awaiting-goods = ننتظر طردكم
portal-status-awaiting-goods-next = احزموا السلع وألصقوا الملصق وسلموا الطرد.
portal-status-in-transit = في الطريق إلينا
portal-status-in-transit-next = الطرد لدى شركة الشحن. نكتب إليكم عند وصوله.
portal-status-arrived = وصل الطرد
portal-status-arrived-next = نفتحه ونعدّ ما فيه الآن.
portal-status-inspecting = قيد الفحص
portal-status-inspecting-next = نفحص السلع ثم نقرر بشأن المال.
portal-status-decided = صدر القرار
portal-status-decided-next = صدر القرار، وترون أدناه ما تحصلون عليه.
portal-status-settling = المال في الطريق
portal-status-settling-next = قد تحتاج البنوك إلى بضعة أيام لإظهاره.
portal-status-settled = دُفع
portal-status-settled-next = لم يبق عليكم فعل شيء.
portal-status-closed = مغلق
portal-status-closed-next = تم كل شيء. اكتبوا إلينا إذا نقص شيء.
portal-status-on-hold = متوقف مؤقتًا
portal-status-on-hold-next = علينا توضيح مسألة أولًا وسنكتب إليكم.
portal-status-appealed = ننظر في اعتراضكم
portal-status-appealed-next = ينظر فيه شخص لم يقرر من قبل ويكتب إليكم.
portal-status-disputed = لدى بنككم
portal-status-disputed-next = طلبتم من بنككم استرداد المال. ننتظر قراره.
portal-status-cancelled = أُلغي
portal-status-cancelled-next = لن يعود شيء. يمكنكم البدء من جديد ما دامت المدة سارية.
portal-status-expired = فات الموعد
portal-status-expired-next = لم يُسلم الطرد في الموعد. اكتبوا إلينا إذا أرسلتموه.
portal-status-reopened = فُتح من جديد
portal-status-reopened-next = ننظر فيه مرة أخرى ونكتب إليكم.

portal-event-requested = طلبتم الإرجاع
portal-event-info-asked = طلبنا منكم شيئًا
portal-event-info-answered = أجبتم
portal-event-authorised = تمت الموافقة
portal-event-kept = تمت الموافقة وتبقى السلعة لكم
portal-event-declined = غير مقبول
portal-event-label = أُعد الملصق
portal-event-shipped = سُلم إلى شركة الشحن
portal-event-delivered = وصل إلينا
portal-event-received = فُتح وعُدّ
portal-event-graded = فُحص
portal-event-granted = مُنح المال
portal-event-sent = أُرسل المال
portal-event-paid = وصل المال
portal-event-returned = عاد المال إلينا
portal-event-cancelled = أُلغي
portal-event-appealed = اعترضتم
portal-event-upheld = بُتّ في الاعتراض: يبقى القرار
portal-event-overturned = بُتّ في الاعتراض لصالحكم
portal-event-expired = لم يُسلم في الموعد
portal-event-reopened = فُتح من جديد
portal-event-closed = أُغلق

portal-question-title = نحتاج إلى هذا منكم
portal-question-send = إرسال الإجابة
portal-question-empty = اكتبوا إجابة
portal-appeal-title = لا توافقون؟
portal-appeal-lede = اذكروا السبب. ينظر فيه شخص لم يقرر من قبل.
portal-appeal-answer = ينظر شخص آخر في اعتراضكم. تصلكم الإجابة في موعد أقصاه { $date }.
portal-appeal-until = يمكنكم الاعتراض حتى { $date }.
portal-appeal-label = اعتراضكم
portal-appeal-send = إرسال الاعتراض
portal-appeal-missing = اذكروا لماذا لا توافقون
portal-cancel-title = إلغاء هذا الإرجاع
portal-cancel-lede = ينتهي الإرجاع { $rma } ولا يعود ملصقه صالحًا.
portal-cancel-send = إلغاء

# العدول القانوني، والعبارتان وفق التوجيه الأوروبي 2023/2673.
portal-withdraw-title = حق العدول
portal-withdraw-short = اشتريتم عن بُعد؟ يتيح لكم القانون العدول عن العقد دون ذكر سبب.
portal-withdraw-here = العدول عن العقد من هنا
portal-withdraw-lede = دون سبب ودون حساب. لا يُعلن شيء قبل تأكيدكم في الصفحة التالية.
portal-withdraw-name = الاسم
portal-withdraw-name-missing = أدخلوا الاسم
portal-withdraw-email = البريد الإلكتروني للطلب
portal-withdraw-email-hint = نرسل إليه إشعار الاستلام.
portal-withdraw-email-missing = أدخلوا البريد الإلكتروني للطلب
portal-withdraw-next = المتابعة إلى التأكيد
portal-withdraw-step = الخطوة 1 من 2
portal-withdraw-confirm-title = تأكيد العدول
portal-withdraw-statement = أعدل عن العقد مع { $client } بشأن الطلب { $number } لهذه السلع:
portal-withdraw-items = السلع
portal-withdraw-none = اتركوا سلعة واحدة محددة على الأقل
portal-withdraw-ack-to = يُرسل إشعار الاستلام إلى
portal-withdraw-after = يصلكم فورًا إشعار بالتاريخ والوقت، ثم ما تحتاجونه لإرسال السلع.
portal-withdraw-confirm = تأكيد العدول
portal-withdraw-nothing = لا سلعة من هذا الطلب متاحة هنا
portal-withdraw-nothing-do = كل السلع في إرجاع آخر أو لم تُرسل بعد. يمكنكم التأكيد على أي حال: يسري عدولكم من الآن، ويتولى شخص الباقي.
portal-withdraw-done = استلمنا عدولكم
portal-withdraw-done-mail = نرسل هذا الإشعار أيضًا إلى
portal-receipt-kept = عدولكم ولحظة استلامه مسجلان.
portal-receipt-open = فتح إشعار الاستلام
portal-receipt-pdf = حفظ بصيغة PDF
portal-withdraw-email-wrong = أدخلوا بريدًا إلكترونيًا مثل name@example.com
portal-withdraw-statement-all = أعدل عن العقد مع { $client } بشأن الطلب { $number }.
portal-withdraw-unmatched = لم نجد هذا الطلب بأنفسنا
portal-withdraw-unmatched-do = يمكنكم التأكيد على أي حال: يسري عدولكم من تلك اللحظة ويصلكم الإشعار فورًا. ثم يبحث شخص عن الطلب.
portal-withdraw-next-person = يبحث شخص الآن عن طلبكم ويكتب إليكم بشأن الباقي.
# هذه العبارة يطلبها القانون الأرجنتيني (Disposición 954/2025) بلغته.
portal-revoke-button = Botón de arrepentimiento
portal-revoke-lede = يمكنكم الرجوع عن الشراء خلال 10 أيام دون سبب ودون تكلفة. يصلكم رمز طلبكم فورًا.
portal-revoke-email = البريد الإلكتروني
portal-revoke-email-hint = نرسل إليه رمز طلبكم.
portal-revoke-send = الرجوع عن الشراء

portal-credit-title = رصيدكم لدى المتجر
portal-credit-now = يمكنكم إنفاق
portal-credit-promotional = منها { $amount } مكافأة تُستخدم أولًا ولا تُصرف نقدًا
portal-credit-ends = يمكن إنفاق الجزء التالي حتى { $day }.
portal-account-title = إلى أين يذهب مبلغكم؟
portal-account-lede = ندفع { $amount } إلى حساب مصرفي تذكرونه هنا. تعمل هذه الصفحة مرة واحدة.
portal-account-holder = اسم صاحب الحساب
portal-account-holder-hint = كما يظهر على بطاقتكم المصرفية أو كشف الحساب.
portal-account-iban = IBAN
portal-account-iban-hint = حرفان وحتى 32 حرفًا آخر، في كشف الحساب أو على البطاقة.
portal-account-reason = لماذا ليس الحساب باسمكم؟
portal-account-reason-hint = مثلًا: حساب شريكي.
portal-account-proof-hint = كما في طلبكم، لنعرف أنكم أنتم.
portal-account-proof-wrong = ليس هذا بريد الطلب ولا رمزه البريدي.
portal-account-next = يتحقق شخص من الحساب قبل دفع أي شيء، ونكتب إليكم.
portal-account-send = استخدام هذا الحساب
portal-account-done-title = شكرًا: وصلنا حسابكم
portal-account-done = يتحقق منه شخص الآن. تصلكم رسالة قبل دفع أي شيء.
portal-account-home = إلى البداية
portal-account-gone = لم يعد هذا الرابط يعمل
portal-account-used = استُخدم مرة من قبل؛ وهو لمرة واحدة فقط.
portal-account-late = انتهى وقته.
portal-account-nothing = لم يبق ما يحتاج إلى حساب.
portal-account-help = إن احتجتم إلى رابط جديد فاكتبوا إلى { $mail }.
portal-object-title = هل نوقف هذا التغيير؟
portal-object-lede = ذكر شخص حسابًا مصرفيًا آخر لمبلغكم. إن لم تكونوا أنتم فأوقفوه هنا: يعود المبلغ إلى وسيلة الدفع الأصلية.
portal-object-amount = مبلغكم
portal-object-send = لم أفعل ذلك: أوقفوه
portal-object-else = إن كنتم أنتم فأغلقوا هذه الصفحة. لا يتغير شيء.
portal-object-done-title = تم الإيقاف
portal-object-done = يعود المبلغ إلى وسيلة الدفع الأصلية. ينظر أحدنا فيما حدث.
