# كلمات الإطار والمكونات، ولكل واجهة كلماتها في ملفاتها.
app-name = Redress
ui-skip = الانتقال إلى المحتوى
ui-menu = القائمة
ui-main-nav = التنقل الرئيسي
ui-search = البحث أو الانتقال إلى
ui-theme = التبديل بين الفاتح والداكن
ui-sign-out = تسجيل الخروج
ui-language = اللغة
ui-this-language = العربية
ui-language-some = بعض الصفحات متاحة بالإنجليزية والألمانية فقط.
ui-reconnecting = إعادة الاتصال
ui-copied = نُسخ
ui-copy = نسخ
ui-copy-value = نسخ { $value }
ui-cancel = إلغاء
ui-errors-title = يرجى مراجعة هذه الإجابات
ui-breadcrumbs = أنتم هنا
ui-pages = الصفحات
ui-previous = السابق
ui-next = التالي
ui-step-of = الخطوة { $n } من { $total }
count-items = { $n ->
    [zero] لا سلع
    [one] سلعة واحدة
    [two] سلعتان
    [few] { $n } سلع
    [many] { $n } سلعة
   *[other] { $n } سلعة
}

# الأوقات
ago-now = الآن
ago-minutes = قبل { $n } د
ago-hours = { $n ->
    [zero] قبل { $n } ساعة
    [one] قبل ساعة
    [two] قبل ساعتين
    [few] قبل { $n } ساعات
    [many] قبل { $n } ساعة
   *[other] قبل { $n } ساعة
}
ago-days = { $n ->
    [zero] قبل { $n } يوم
    [one] قبل يوم
    [two] قبل يومين
    [few] قبل { $n } أيام
    [many] قبل { $n } يومًا
   *[other] قبل { $n } يوم
}

# كلمات يعرضها البرنامج
js-close = إغلاق
js-shortcuts = اختصارات لوحة المفاتيح
js-shortcuts-on = اختصارات الحرف الواحد مفعلة
js-palette = اكتبوا أمرًا أو رقم حالة
js-palette-empty = لا نتائج
js-saved = حُفظت المسودة
js-save-failed = لم تُحفظ المسودة بعد، نحاول من جديد
js-offline = لا اتصال. ما تكتبونه محفوظ هنا.
js-scans-waiting = عمليات مسح بانتظار الإرسال
js-next-row = التالي في القائمة
js-previous-row = السابق في القائمة
js-search = بحث
js-help = هذه المساعدة
js-network = لم يصل هذا إلى الخادم. تحققوا من الاتصال وحاولوا مرة أخرى.
