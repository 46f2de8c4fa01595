package io.triggerquery.consumer.internal.decoding;

import org.jspecify.annotations.Nullable;

/** Parses non-negative decimal numbers. */
public final class Decimal {

    private static final int MAX_DIGITS = 19;

    private Decimal() {}

    /**
     * Returns the number, or {@link Versions.Place#INVALID} for other bytes than digits, no bytes, and a number above
     * {@link Long#MAX_VALUE}.
     */
    public static long of(byte @Nullable [] digits) {
        if (digits == null || digits.length == 0 || digits.length > MAX_DIGITS) {
            return Versions.Place.INVALID;
        }
        long number = 0;
        for (int i = 0; i < digits.length && number >= 0; i++) {
            int digit = digits[i] - '0';
            // an overflow makes it negative: 19 digits stay below 2^64, at which it would be positive again
            number = digit < 0 || digit > 9 ? -1 : number * 10 + digit;
        }
        return number < 0 ? Versions.Place.INVALID : number;
    }

    /** Returns the number like {@link #of(byte[])}. */
    static long of(String digits) {
        try {
            return digits.startsWith("+")
                    ? Versions.Place.INVALID
                    : Math.max(Long.parseLong(digits), Versions.Place.INVALID);
        } catch (NumberFormatException noNumber) {
            return Versions.Place.INVALID;
        }
    }
}
