# جملة لكل رمز من kernel::ReasonCode. القيم: $date و$amount و$number و$text. كلمات سهلة
# تُقال للمشتري وللموظف.
reason-window-open = طلبتم في الموعد: يُقبل الإرجاع حتى { $date }.
reason-window-closed = انتهت مدة الإرجاع. كان آخر يوم { $date }.
reason-window-not-started = لم تبدأ مدة الإرجاع بعد. تبدأ عند وصول السلع.
reason-category-excluded = لا يقبل المتجر إرجاع هذا النوع من السلع.
reason-not-eligible = لا يقبل المتجر الإرجاع بهذه القيمة أو بهذا العدد.
reason-condition-not-met = ليست السلع بالحالة التي يطلبها المتجر.
reason-final-sale = بيعت هذه السلعة بيعًا نهائيًا، لذا لا يستردها المتجر.
reason-reason-not-accepted = لا يقبل المتجر الإرجاع للسبب المذكور.
reason-evidence-missing = نحتاج إلى المزيد لكي نقرر: { $text }.
reason-above-approval-limit = يزيد هذا عن { $amount }، لذا يجب أن يوافق عليه شخص أولًا.
reason-returnless-below-threshold = يمكنكم الاحتفاظ بالسلعة. ما دون { $amount } لا يلزم إرساله.
reason-returnless-donate = لا حاجة إلى إعادة السلعة. يُرجى التبرع بها لجمعية خيرية قريبة منكم.
reason-statutory-withdrawal = يتيح لكم القانون تغيير رأيكم والعدول حتى { $date }.
reason-statutory-withdrawal-open = يتيح لكم القانون تغيير رأيكم والعدول؛ لا يسري يوم أخير بعد.
reason-statutory-withdrawal-ended = انتهت المدة القانونية للعدول. كان آخر يوم { $date }.
reason-statutory-exemption = يستثني القانون هذا من حق العدول: { $text }.
reason-statutory-conformity = بحكم القانون يضمن البائع العيوب حتى { $date }.
reason-statutory-conformity-open = بحكم القانون يضمن البائع العيوب؛ لا يحدد القانون يومًا أخيرًا.
reason-statutory-short-term-reject = يتيح لكم القانون رفض السلعة المعيبة واسترداد مالكم حتى { $date }.
reason-statutory-short-term-reject-open = يتيح لكم القانون رفض السلعة المعيبة واسترداد مالكم؛ لا يحدد القانون يومًا أخيرًا.
reason-no-statutory-floor = لا يضع قانون بلدكم حدًا أدنى هنا، لذا تسري قواعد المتجر.
reason-law-overrides-policy = يمنحكم القانون أكثر من قواعد المتجر، لذا يسري القانون.
reason-business-buyer = هذا شراء لشركة، لذا لا تسري حقوق المستهلك.
reason-merchant-fault = الخطأ ليس منكم: لا رسوم، وتكلفة الإرجاع مدفوعة.
reason-no-units-left = طلبتم أكثر مما يمكن إرجاعه بعد. { $number ->
    [0] لم يبق شيء.
    [one] بقيت واحدة.
    [two] بقيت اثنتان.
   *[other] الباقي: { $number }.
}
reason-unit-in-other-case = هذه السلعة ضمن الإرجاع { $text }.
reason-not-fulfilled = لم تُرسل هذه السلعة بعد. يمكنكم إلغاؤها بدلًا من ذلك.
reason-nothing-paid = لم يُدفع شيء مقابل هذه السلعة، فلا شيء يُرد.
reason-paid-value = هذا ما دُفع: { $amount }.
reason-discount-share = خفضت خصومات الطلب السعر بمقدار { $amount }، لذا لا تُرد.
reason-partial-amount = جزء مما دُفع: { $amount }، شاملًا الضريبة.
reason-charge-refunded = يعود هذا الرسم مع السلع: { $amount }.
reason-gift-card-spent = أُنفق { $amount } من بطاقة الهدية.
reason-promotion-kept = يبقى لكم الخصم، مع أن باقي الطلب وحده لا يستحقه.
reason-promotion-clawed-back = ما تحتفظون به لا يستحق الخصم، لذا يُقتطع منه { $amount }.
reason-promotion-restored = يُعاد إليكم { $amount } من خصم اقتُطع سابقًا.
reason-bonus-credit = { $amount } رصيد إضافي. هو هدية ولا يُدفع نقدًا أبدًا.
reason-value-loss-not-taken = لا يُقتطع شيء هنا لنقص القيمة. كان سيبلغ { $amount }.
reason-shipping-with-rest = تُرد تكلفة التوصيل ({ $amount }) عندما يعود باقي الطلب أيضًا.
reason-fee-charged = تنص القواعد على رسم قدره { $amount }.
reason-fee-waived = لا يسري هذا الرسم هنا.
reason-shipping-refunded = تستردون { $amount } عن التوصيل.
reason-shipping-kept = لا تُرد تكلفة التوصيل.
reason-return-cost-customer = تدفعون تكلفة الإرجاع: { $amount }.
reason-return-cost-merchant = يدفع المتجر تكلفة الإرجاع.
reason-value-loss-deducted = يُقتطع { $amount } لأن السلع نقصت قيمتها بالاستعمال.
reason-ceiling-applied = يقتصر الاسترداد على { $amount }، وهو كل ما بقي مما دُفع.
reason-override = قرر ذلك شخص مخوّل. السبب: { $text }.
reason-refund-control = يُرسل المال متى تحقق هذا: { $text }.
reason-refund-due = يجب رد المال في موعد أقصاه { $date }.
reason-outcomes-limited = في هذه الحالة يمكننا أن نعرض: { $text }.
reason-wrong-item-received = ما وصل ليس ما أُعلن عنه.
reason-units-missing = وصل أقل مما أُعلن عنه. { $number ->
    [one] تنقص واحدة.
    [two] تنقص اثنتان.
   *[other] الناقص: { $number }.
}
reason-needs-review = يجب أن ينظر شخص في هذا قبل المتابعة.
