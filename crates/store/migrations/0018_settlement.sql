-- Refunds and chargebacks of settlement reports are found by the provider's own numbers. The indexes
-- hold the answer: otherwise SQLite, which has no statistics, walks the primary key.
CREATE INDEX IF NOT EXISTS obligation_reference
    ON obligation (client_id, gateway, provider_ref, obligation_id, attempts);

-- only card processors name a refund by its number; a bank's bookings carry our key
CREATE INDEX IF NOT EXISTS bank_entry_reference
    ON bank_entry (client_id, account, reference, obligation_id, attempt)
    WHERE account IN ('adyen', 'paypal', 'stripe');

-- disputes of the last weeks, held against the chargebacks of reports
CREATE INDEX IF NOT EXISTS dispute_changed ON dispute (client_id, updated_at, dispute_id);

-- chargebacks of one payment, however long ago
CREATE INDEX IF NOT EXISTS account_line_chargeback
    ON account_line (client_id, account, said, reference, n)
    WHERE kind = 'chargeback';
