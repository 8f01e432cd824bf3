# Words for codes inside sentences: term-<code>.
term-refund = Money back
term-store-credit = Store credit
term-exchange = Exchange
term-replacement = Replacement
term-repair = Repair

term-photos = photos
term-note = a short description
term-serial = the serial number

term-immediate = you have asked
term-approved = the return is approved
term-first-scan = the carrier has scanned your parcel
term-delivered = your parcel has reached us
term-received = the goods are counted
term-inspected = the goods are inspected

term-size-small = Too small
term-size-large = Too large
term-colour = I do not like the colour
term-style = I do not like the style
term-changed-mind = I changed my mind
term-ordered-by-mistake = Ordered by mistake
term-better-price = Found it cheaper
term-late-delivery = It came too late
term-not-as-described = It is not as described
term-wrong-item = I got the wrong item
term-missing-parts = Parts are missing
term-damaged-in-transit = It arrived damaged
term-defective = It does not work
term-defective-in-warranty = It broke within the guarantee
term-unauthorised-purchase = I did not order it
term-recall = It was recalled
term-refused-or-undeliverable = It was not delivered
term-other = Another reason

term-custom-altered = made or changed to your wishes
term-perishable = goods that go off quickly
term-plants-flowers = plants and flowers
term-food = food
term-sealed-hygiene-unsealed = sealed for hygiene and opened
term-inseparably-mixed = mixed with other goods for good
term-sealed-media-unsealed = sealed recordings or software, opened
term-newspaper-single-issue = single newspapers and magazines
term-digital-begun-with-consent = digital content started with your consent
term-digital-downloaded = digital content already downloaded
term-marked-final-sale = marked as final sale
term-personal-use = goods for personal use
