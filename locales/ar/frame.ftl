# إطار المكتب: التنقل وما تقوله كل صفحة من صفحاته.
desk-nav-home = الرئيسية
desk-nav-queue = قائمة الانتظار
desk-nav-new = إرجاع جديد
desk-nav-dock = الاستلام
desk-nav-money = المدفوعات
desk-nav-stock = المخزون
desk-nav-jobs = المهام
desk-nav-security = الأمان
desk-nav-ledger = السجل
desk-nav-behind = خلف المكتب
desk-sandbox = بيانات تجريبية: لا شيء هنا حقيقي.
desk-col-client = العميل
desk-nav-approvals = الموافقات
desk-nav-clocks = المُهل
lawdesk-title = مكتب القانون
desk-help-count = أدخلوا عددًا صحيحًا
desk-help-amount = أدخلوا مبلغًا مثل 12.50
help-choice = إحدى القيم المذكورة في الوصف

# Pages of the house in the menu
account-title = حسابي
limits-title = الحدود
people-title = الأشخاص
privacy-title = البيانات الشخصية
