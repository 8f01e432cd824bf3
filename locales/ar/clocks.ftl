# المدد القانونية كما تُقال للمستهلك.
clock-window-end = يسري الحق حتى
clock-acknowledgement = إشعار الاستلام
clock-delivery = التوصيل المتأخر
clock-withholding = يجوز حجز المال حتى
clock-remedy = الإصلاح أو الاستبدال
clock-refund = رد المال
clock-is-open = جارٍ
clock-is-met = تم
clock-is-ended = انتهى

clock-by-contract = طلب بتاريخ { $date }
clock-by-delivery = تسليم بتاريخ { $date }
clock-by-notice-sent = إخطار أُرسل في { $date }
clock-by-notice-received = إخطار وصل في { $date }
clock-by-goods-back = عادت السلع في { $date }
clock-by-proof-of-sending = إثبات إرسال بتاريخ { $date }
clock-by-trader-agreed = اتُّفق عليه في { $date }
clock-by-right-vested = نشأ الحق في { $date }

clock-withdraw-runs-you = يمكنكم العدول حتى { $date }.
clock-withdraw-waits-you = يمكنكم العدول الآن. تبدأ المدة عندما تستلمون كل شيء.
clock-withdraw-met-you = عدلتم في { $done }، ضمن المدة.
clock-withdraw-met-late-you = عدلتم في { $done }. ينظر شخص هل كان ذلك ضمن المدة.
clock-withdraw-ended-you = انتهت مدة العدول دون سبب في { $date }.
clock-reject-runs-you = يمكنكم رفض السلعة المعيبة واسترداد مالكم حتى { $date }.
clock-reject-ended-you = انتهت المدة القصيرة لرفض السلعة المعيبة في { $date }.
clock-claim-runs-you = نضمن العيوب التي تظهر حتى { $date }.
clock-claim-ended-you = انتهت مدة ضمان العيوب في { $date }.

clock-acknowledgement-waits-you = علينا تأكيد إعلانكم دون تأخير.
clock-acknowledgement-runs-you = علينا تأكيد إعلانكم حتى { $date }.
clock-acknowledgement-late-you = كان علينا تأكيد إعلانكم حتى { $date }. يرجى الكتابة إلينا.
clock-acknowledgement-met-you = أكدنا إعلانكم في { $done }.
clock-acknowledgement-met-late-you = أكدنا إعلانكم في { $done }.

clock-delivery-waits-you = علينا التوصيل دون تأخير.
clock-delivery-runs-you = علينا التوصيل حتى { $date }. بعد ذلك يمكنكم إنهاء العقد.
clock-delivery-late-you = كان موعد التوصيل { $date }. يمكنكم إنهاء العقد واسترداد كل شيء.
clock-delivery-met-you = سُلِّم في { $done }.
clock-delivery-met-late-you = سُلِّم متأخرًا في { $done }.

clock-withholding-waits-you = يجوز لنا حجز المال حتى تعود السلع أو تثبتوا إرسالها.

clock-remedy-waits-you = علينا الإصلاح أو الاستبدال خلال مدة معقولة.
clock-remedy-runs-you = علينا الإصلاح أو الاستبدال حتى { $date }.
clock-remedy-late-you = كان علينا الإصلاح أو الاستبدال حتى { $date }. يمكنكم الآن طلب مالكم.
clock-remedy-met-you = تمت المعالجة في { $done }.
clock-remedy-met-late-you = تمت المعالجة متأخرة في { $done }.

clock-refund-waits-you = يقضي القانون بأن تستردوا مالكم، ويتحدد اليوم عندما تعود السلع أو تثبتون إرسالها.
clock-refund-runs-you = علينا رد مالكم حتى { $date }.
clock-refund-late-you = كان علينا رد مالكم حتى { $date }. تأخرنا، فاكتبوا إلينا إن لم يصلكم رد.
clock-refund-met-you = رددنا مالكم في { $done }.
clock-refund-met-late-you = رددنا مالكم في { $done }، بعد الموعد الذي يسمح به القانون.

clock-unreviewed = غير مراجع
clock-unreviewed-why = لم يوافق محامٍ على هذه القاعدة بعد.
clocks-title = ما يحسبه القانون
clocks-portal-note = هذه الأيام من القانون وتسري مهما كانت قواعد المتجر.

clock-reviewed = مراجع
