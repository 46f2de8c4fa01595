package io.triggerquery.bench.peer;

import java.util.Locale;

/** Ids such as {@code payment-0000001}: a prefix and a number without gaps. */
final class PaymentId {

    private static final int MOST_OF_SEVEN_DIGITS = 9_999_999;

    private PaymentId() {}

    /** The id of a number, as wide as the largest number needs. */
    static String of(int number, int largest) {
        String format = largest > MOST_OF_SEVEN_DIGITS ? "payment-%08d" : "payment-%07d";
        return String.format(Locale.ROOT, format, number);
    }

    /** The number of an id. */
    static int number(String id) {
        return Integer.parseInt(id, id.lastIndexOf('-') + 1, id.length(), 10);
    }

    /** The number of an id as it stands in a message. */
    static int number(byte[] id) {
        int number = 0;
        int factor = 1;
        for (int i = id.length - 1; i >= 0 && id[i] != '-'; i--) {
            number += (id[i] - '0') * factor;
            factor *= 10;
        }
        return number;
    }
}
