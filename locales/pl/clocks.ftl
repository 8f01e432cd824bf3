# Terminy ustawowe, mówione do konsumenta.
clock-window-end = Z prawa można skorzystać do
clock-acknowledgement = Potwierdzenie
clock-delivery = Opóźniona dostawa
clock-withholding = Pieniądze można zatrzymać do
clock-remedy = Naprawa lub wymiana
clock-refund = Zwrot pieniędzy
clock-is-open = trwa
clock-is-met = gotowe
clock-is-ended = zakończone

clock-by-contract = zamówienie z dnia { $date }
clock-by-delivery = dostawa { $date }
clock-by-notice-sent = zawiadomienie wysłane { $date }
clock-by-notice-received = zawiadomienie otrzymane { $date }
clock-by-goods-back = towar wrócił { $date }
clock-by-proof-of-sending = dowód nadania z dnia { $date }
clock-by-trader-agreed = uzgodniono { $date }
clock-by-right-vested = prawo powstało { $date }

clock-withdraw-runs-you = Możesz odstąpić do { $date }.
clock-withdraw-waits-you = Możesz odstąpić już teraz. Termin zacznie biec, gdy otrzymasz wszystko.
clock-withdraw-met-you = Odstąpiono { $done }, na czas.
clock-withdraw-met-late-you = Odstąpiono { $done }. Pracownik sprawdza, czy było to na czas.
clock-withdraw-ended-you = Czas na odstąpienie bez przyczyny minął { $date }.
clock-reject-runs-you = Wadliwy towar możesz odrzucić i odzyskać pieniądze do { $date }.
clock-reject-ended-you = Krótki czas na odrzucenie wadliwego towaru minął { $date }.
clock-claim-runs-you = Odpowiadamy za wady, które ujawnią się do { $date }.
clock-claim-ended-you = Czas naszej odpowiedzialności za wady minął { $date }.

clock-acknowledgement-waits-you = Musimy niezwłocznie potwierdzić Twoje oświadczenie.
clock-acknowledgement-runs-you = Musimy potwierdzić Twoje oświadczenie do { $date }.
clock-acknowledgement-late-you = Mieliśmy potwierdzić Twoje oświadczenie do { $date }. Napisz do nas.
clock-acknowledgement-met-you = Potwierdziliśmy Twoje oświadczenie { $done }.
clock-acknowledgement-met-late-you = Potwierdziliśmy Twoje oświadczenie { $done }.

clock-delivery-waits-you = Musimy dostarczyć niezwłocznie.
clock-delivery-runs-you = Musimy dostarczyć do { $date }. Potem możesz odstąpić od umowy.
clock-delivery-late-you = Dostawa miała być do { $date }. Możesz odstąpić od umowy i odzyskać wszystko.
clock-delivery-met-you = Dostarczono { $done }.
clock-delivery-met-late-you = Dostarczono z opóźnieniem, { $done }.

clock-withholding-waits-you = Możemy zatrzymać pieniądze, aż towar wróci albo pokażesz dowód nadania.

clock-remedy-waits-you = Musimy naprawić lub wymienić towar w rozsądnym czasie.
clock-remedy-runs-you = Musimy naprawić lub wymienić towar do { $date }.
clock-remedy-late-you = Mieliśmy naprawić lub wymienić towar do { $date }. Możesz teraz żądać pieniędzy.
clock-remedy-met-you = Załatwiono { $done }.
clock-remedy-met-late-you = Załatwiono z opóźnieniem, { $done }.

clock-refund-waits-you = Ustawa mówi, że odzyskasz pieniądze; dzień ustalimy, gdy towar wróci albo pokażesz dowód nadania.
clock-refund-runs-you = Musimy zwrócić Ci pieniądze do { $date }.
clock-refund-late-you = Mieliśmy zwrócić Ci pieniądze do { $date }. Spóźniamy się; napisz, jeśli nie masz od nas wieści.
clock-refund-met-you = Zwróciliśmy Ci pieniądze { $done }.
clock-refund-met-late-you = Zwróciliśmy Ci pieniądze { $done }, później, niż pozwala ustawa.

clock-unreviewed = niesprawdzone
clock-unreviewed-why = Żaden prawnik jeszcze nie zatwierdził tej reguły.
clocks-title = Co liczy prawo
clocks-portal-note = Te dni wynikają z prawa i obowiązują niezależnie od zasad sklepu.

clock-reviewed = zatwierdzone
