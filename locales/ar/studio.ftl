# ورشة السياسات: المسودات وفحصها ومراجعتها والموافقة عليها ونشرها.

# الصفحات
studio-title = سياسات الإرجاع
studio-lede = ما يوعد به الزبائن: يُكتب ويُفحص وفق القانون ويوافق عليه شخص ثانٍ ثم يُنشر.
studio-tabs = هذه المسودة
studio-tab-write = الكتابة
studio-tab-check = الفحص والنشر
studio-version = النسخة { $n }
studio-from-day = ابتداءً من { $day }
studio-line = السطر { $n }

# نسخ العميل ومسوداته
studio-in-force = سارية
studio-next = التالية
studio-coming = قادمة
studio-drafts = المسودات
studio-draft = المسودة
studio-stage = الحالة
studio-changed = آخر تعديل
studio-no-drafts = لا توجد مسودة مفتوحة
studio-no-drafts-why = ابدؤوا مسودة من النسخة السارية وغيّروا ما يجب تغييره ثم اطلبوا فحصها.
studio-begin = بدء مسودة
studio-draft-title = العنوان
studio-from = تسري على الطلبات ابتداءً من
studio-from-hint = ابتداءً من الغد على الأقل: لكل طلبات اليوم الواحد الشروط نفسها.
studio-start = نقطة البداية
studio-start-version = النسخة { $n }، ابتداءً من { $day }
studio-start-empty = سياسة فارغة
studio-history = النسخ
studio-version-column = النسخة
studio-published = نشرها
studio-approved = وافق عليها
studio-note = ملاحظة
studio-house = الشركة
studio-nobody = لا أحد
studio-goes-back = تعود إلى النسخة { $n }.
studio-no-versions = لم يُنشر شيء بعد
studio-no-versions-why = يجوز أن تسري النسخة الأولى على طلبات أي يوم.
studio-roll-back = العودة إلى نسخة أقدم
studio-roll-back-why = يصبح النص القديم مسودة جديدة تُفحص ويوافَق عليها كغيرها، وتبقى للطلبات المقدمة في الأثناء شروطها.
studio-back-to = العودة إلى النسخة { $n }
studio-facts = هذه النسخة
studio-content-hash = بصمة المحتوى
studio-seal = الختم
studio-law = فُحصت وفق القانون

# إلى أين وصلت المسودة
studio-stage-broken = غير مقروءة بعد
studio-stage-unchecked = لم تُفحص
studio-stage-checking = قيد الفحص
studio-stage-undercut = دون القانون
studio-stage-ready = جاهزة للمراجعة
studio-stage-in-review = قيد المراجعة
studio-stage-approved = موافَق عليها
studio-stage-published = منشورة
studio-stage-dropped = متروكة
studio-step-write = الكتابة
studio-step-check = الفحص
studio-step-review = طلب المراجعة
studio-step-approve = شخص ثانٍ
studio-step-publish = النشر

# المحرر
studio-text = نص السياسة
studio-text-hint = بصيغة TOML. يُحفظ كل ما تكتبونه حتى قبل أن يصبح سياسة.
studio-save = حفظ
studio-save-check = حفظ وفحص
studio-preview = ما يقرؤه الزبائن
studio-errors = { $n ->
    [zero] لا أخطاء
    [one] هناك خطأ واحد
    [two] هناك خطآن
    [few] هناك { $n } أخطاء
    [many] هناك { $n } خطأً
   *[other] هناك { $n } خطأ
}
studio-reads = النص سياسة صالحة
studio-reads-check = افحصوه لتعرفوا هل هو دون القانون في مكان ما وما الذي يتغير للزبائن.
studio-clean = لم يجد الفحص شيئًا
studio-found = { $n ->
    [zero] لم يجد الفحص شيئًا
    [one] وجد الفحص أمرًا واحدًا
    [two] وجد الفحص أمرين
    [few] وجد الفحص { $n } أمور
    [many] وجد الفحص { $n } أمرًا
   *[other] وجد الفحص { $n } أمر
}

# الفحص والنشر
studio-next-step = الخطوة التالية
studio-check = فحص
studio-checking = يجري الفحص وفق القانون
studio-places = الأماكن: { $done } من { $total }
studio-cancel = إيقاف
studio-do-broken = النص ليس سياسة بعد. يبيّن المحرر سطرًا سطرًا ما ليس صحيحًا.
studio-do-unchecked = لم يُفحص هذا النص وهذا اليوم. يقارنهما الفحص بقانون كل مكان يُباع فيه وبالنسخة السارية.
studio-do-law = تغيّر القانون منذ الفحص. افحصوا من جديد.
studio-do-undercut = هناك طلبات تمنحها هذه السياسة أقل من القانون، فلا يمكن نشرها. تبيّن كل نتيجة أدناه طلبًا كهذا وما يجب تغييره.
studio-do-ready = الفحص قائم. يجب أن يوافق شخص ثانٍ على هذا النص واليوم والقانون بالضبط قبل النشر.
studio-do-review = طلبُ موافقة من { $name } على هذا بالضبط:
studio-do-publish = تمت الموافقة من { $name }. بعد النشر تسري على الطلبات ابتداءً من { $day }، وتبقى للطلبات الأقدم شروطها.
studio-is-published = نُشرت. تسري على الطلبات ابتداءً من { $day }.
studio-is-dropped = تُركت هذه المسودة، ونصها محفوظ.
studio-too-early = لا يمكن أن تسري قبل { $day }. غيّروا اليوم وافحصوا من جديد.
studio-reason = لماذا يجوز أن تبقى التحذيرات
studio-reason-hint = يُنشر مع النسخة لمن يسأل لاحقًا.
studio-ask-review = طلب مراجعة
studio-approve = الموافقة على هذا بالضبط
studio-no-approver = لا يمكنكم الموافقة على السياسات. يستطيع ذلك موظفو العميل ومديرو النظام.
studio-own = شاركتم في هذه المسودة، فيجب أن يوافق عليها شخص آخر.
studio-publish = نشر
studio-written-by = كتبها
studio-drop = ترك هذه المسودة
studio-drop-why = تختفي من القائمة ويُحفظ نصها، لكن لا يستطيع أحد العمل عليها بعد ذلك.
studio-findings = النتائج
studio-checked-places = { $places ->
    [zero] لم تُفحص وفق قانون أي مكان.
    [one] فُحصت وفق قانون مكان واحد.
    [two] فُحصت وفق قانون مكانين.
    [few] فُحصت وفق قانون { $places } أماكن.
    [many] فُحصت وفق قانون { $places } مكانًا.
   *[other] فُحصت وفق قانون { $places } مكان.
}
studio-their-words = لم يراجع محامٍ أي قاعدة إلا إذا ذكر مكتب القانون ذلك.
studio-kind-undercut = دون القانون
studio-kind-contradiction = تناقض
studio-kind-unreachable = لا يُبلغ أبدًا
studio-kind-ground = أساس غير معروف
studio-kind-gap = ثغرة
studio-witness = طلب كهذا
studio-help = ما العمل:
studio-policy-gives = ما تفعله السياسة
studio-law-gives = ما يمنحه القانون
studio-source = المصدر:
studio-also-in = وأيضًا في:
studio-changes = من يكسب ومن يخسر
studio-changes-why = مقارنة بالنسخة السارية، وفي كل مرة أبسط طلب يبيّن ذلك.
studio-no-changes = لا أحد يُعامل معاملة أخرى
studio-no-changes-why = لا يحصل أي طلب على جواب غير جوابه في النسخة السارية.
studio-who = الزبائن
studio-aspect = في ماذا
studio-before = الآن
studio-after = بعد ذلك
studio-example = طلب كهذا
studio-worse = أسوأ
studio-better = أفضل
studio-different = مختلف
studio-more-changes = { $n ->
    [zero] لا تغييرات أخرى.
    [one] لا يُعرض تغيير آخر واحد.
    [two] لا يُعرض تغييران آخران.
    [few] لا تُعرض { $n } تغييرات أخرى.
    [many] لا يُعرض { $n } تغييرًا آخر.
   *[other] لا يُعرض { $n } تغيير آخر.
}

# الحقول
help-date = أدخلوا يومًا مثل ⁦2027-03-01⁩.
help-studio-title = أدخلوا عنوانًا من 1 إلى 120 حرفًا.
help-studio-text = النص أطول من 256 كيلوبايت.
help-studio-tests = جدول التجارب أطول من 1 ميغابايت.
help-studio-reason = لا أكثر من 2000 حرف.
help-studio-alone = اذكروا لماذا لا يوافق شخص آخر.

# لماذا لا تتقدم المسودة
problem-policy-no-policy = النص ليس سياسة
problem-policy-no-policy-do = صححوا ما يحدده المحرر ثم افحصوا من جديد.
problem-policy-not-checked = لم تُفحص على حالها هذه
problem-policy-not-checked-do = افحصوا المسودة ثم حاولوا مرة أخرى.
problem-policy-law-changed = تغيّر القانون منذ الفحص
problem-policy-law-changed-do = افحصوا المسودة من جديد وفق قانون اليوم.
problem-policy-undercut = السياسة دون القانون
problem-policy-undercut-do = اقرؤوا الطلب الذي تبيّنه كل نتيجة وغيّروا القاعدة التي تسميها. لم يُنشر شيء.
problem-policy-warnings = تحذيرات الفحص تحتاج إلى تعليل
problem-policy-warnings-do = اذكروا لماذا يجوز أن تبقى، أو غيّروا القواعد التي تسميها.
problem-policy-too-early = اليوم الأول مبكر جدًا
problem-policy-too-early-do = اختاروا الغد أو يومًا بعده: لكل طلبات اليوم الواحد الشروط نفسها.
problem-policy-not-in-review = لم يطلب أحد مراجعة المسودة على حالها هذه
problem-policy-not-in-review-do = افحصوها واطلبوا مراجعة، فكل تغيير يلغي ما طُلب قبله.
problem-policy-other-seal = تغيّرت المسودة منذ عُرضت عليكم
problem-policy-other-seal-do = اقرؤوها من جديد كما هي الآن ثم وافقوا عليها.
problem-policy-second-person = يجب أن يوافق عليها شخص آخر
problem-policy-second-person-do = اطلبوا ذلك من شخص لم يكتب المسودة ولم يطلب مراجعتها.
problem-policy-not-approved = لم يوافق عليها أحد على حالها هذه
problem-policy-not-approved-do = اطلبوا من شخص ثانٍ الموافقة على هذا النص واليوم والقانون بالضبط.
problem-policy-closed = المسودة مغلقة
problem-policy-closed-do = نُشرت أو تُركت. ابدؤوا مسودة جديدة.

# جدول التجارب
studio-tab-tests = جدول التجارب
studio-tab-backtest = التجربة على الماضي
studio-one-order = تجربة طلب واحد
studio-try = البت فيه
studio-try-keep = البت فيه وحفظه صفًا
studio-answer = الجواب
studio-offered = المعروض:
studio-test-place = سُلّم إلى (⁦DE⁩ أو ⁦US-NY⁩)
studio-test-channel = طريقة البيع
studio-test-category = الفئة
studio-test-sku = رقم السلعة
studio-test-ordered = يوم الطلب
studio-test-delivered = يوم التسليم
studio-test-asked = يوم طلب الإرجاع
studio-test-reason = السبب
studio-test-wanted = المطلوب
studio-test-units = عدد القطع
studio-test-price = سعر القطعة
studio-test-currency = العملة
studio-test-expect = المتوقع
studio-test-nothing = لا شيء محدد
studio-test-opened = الختم مكسور
studio-test-final-sale = بيعت بيعًا نهائيًا
studio-test-evidence = قُدمت كل الأدلة
studio-test-order = الطلب
studio-channel-online = عبر الإنترنت
studio-channel-store = في متجر
studio-channel-marketplace = على منصة بيع
studio-channel-phone = بالهاتف
studio-channel-business = لشركة
studio-ending-declined = مرفوض
studio-ending-asked = طُلب المزيد
studio-ending-review = ينظر شخص
studio-ending-partly = مقبول جزئيًا
studio-ending-granted = مقبول
studio-ending-kept = مقبول والسلعة تبقى
studio-table = جدول التجارب
studio-table-none = لا صفوف بعد
studio-table-none-why = احفظوا الطلبات التي تجربونها أو ألصقوا جدولًا. تبقى مع المسودة ويُبت فيها من جديد كلما نظرتم.
studio-table-sum = كما هو متوقع: { $good } من { $all }.
studio-row = الصف
studio-money = المال
studio-why = لأن
studio-as-expected = كما هو متوقع
studio-not-expected = خلاف المتوقع
studio-row-bad = غير مقروء
studio-csv = طلبات كثيرة معًا
studio-csv-text = الصفوف بصيغة CSV
studio-csv-hint = طلب في كل صف، ولا أكثر من 1000. يجوز أن تنقص أعمدة أو يتغير ترتيبها.
studio-csv-file = أو من ملف
studio-csv-run = حفظ وتشغيل
studio-csv-columns = الأعمدة ومثال عليها

# التجربة على الماضي
studio-replay = البت فيها من جديد
studio-replay-why = يُبت من جديد في حالات حقيقية من الأيام الأخيرة، وفق الوقائع كما كانت، بنسخة يوم الشراء وبهذه المسودة. ولا يتغير شيء في أي حالة.
studio-replay-days = عدد الأيام الماضية
studio-replay-none = لا تجربة بعد
studio-replay-none-why = انظروا كم شخصًا كان سيكسب أو يخسر قبل أن يحدث ذلك لأحد.
studio-replay-old = تغيّرت المسودة منذ هذه التجربة.
studio-replaying = يجري البت في الحالات من جديد
studio-replay-cases = الحالات: { $done } من { $total }
studio-replay-failed = فشلت التجربة
studio-replay-stopped = أُوقفت التجربة أو تغيّرت المسودة قبل أن تبدأ.
studio-replayed = الحالات: { $cases }، الأشخاص: { $people }، الأيام: { $days }.
studio-replay-how = المال هو ما تمنحه القاعدة فورًا، أما ما يقرره شخص أو دليل فلا يُحسب بعد. واستثناءات السلع هي استثناءات وقت البيع.
studio-endings = ما تؤول إليه الحالات
studio-cases = الحالات
studio-people = { $n ->
    [zero] لا أشخاص
    [one] شخص واحد
    [two] شخصان
    [few] { $n } أشخاص
    [many] { $n } شخصًا
   *[other] { $n } شخص
}
studio-people-column = الأشخاص
studio-money-before = المال الآن
studio-money-after = المال بعد ذلك
studio-fare-worse = أسوأ
studio-fare-better = أفضل
studio-fare-other = مختلف
studio-fare-same = دون تغيير
studio-unasked = لا تبت السياسة في سلع لم يعلن عنها أحد. الحالات المتروكة: { $n }.
studio-incomplete = حُفظت للاطلاع أول 200,000 حالة متغيرة فقط، وأُحصيت كلها.
studio-case = الإرجاع
studio-opened = يوم الطلب
studio-country = البلد
studio-clause = بند المسودة
studio-no-cases = لا حالات هنا
studio-no-cases-why = لا شيء في هذه التجربة ينتهي هكذا.
help-studio-days = أدخلوا عدد أيام من 1 إلى 1100.
help-studio-row = هذا الصف لا يطابق الأعمدة.
help-studio-place = أدخلوا بلدًا مثل DE أو بلدًا مع جزئه مثل US-NY.
help-studio-currency = أدخلوا عملة من عملات السياسة مثل EUR.
