package io.triggerquery.demo.payment;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A row of the admin page: a payment with its times in readable form. */
record AdminRow(
        PaymentRow payment,
        String created,
        @Nullable String billed,
        @Nullable String asOf) {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    static AdminRow of(PaymentRow payment, Instant now) {
        Instant billedAt = payment.billedAt();
        Instant appliedAt = payment.appliedAt();
        return new AdminRow(
                payment,
                MINUTES.format(payment.createdAt()),
                billedAt == null ? null : MINUTES.format(billedAt),
                appliedAt == null ? null : age(Duration.between(appliedAt, now)));
    }

    private static String age(Duration age) {
        if (age.toSeconds() < 1) {
            return "just now";
        }
        if (age.toMinutes() < 2) {
            return age.toSeconds() + " s ago";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " min ago";
        }
        return age.toDays() < 2 ? age.toHours() + " h ago" : age.toDays() + " days ago";
    }
}
