package io.triggerquery.demo.payment;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Locale;

/** Creates ids that sort by time to the millisecond, so that new rows are at one end of the index. */
final class PaymentId {

    private static final SecureRandom RANDOM = new SecureRandom();

    private PaymentId() {}

    /**
     * Returns {@code pay-} and 26 characters: 48 bits of time, then 80 random bits, with five bits for each character.
     */
    static String next() {
        BigInteger bits =
                BigInteger.valueOf(System.currentTimeMillis()).shiftLeft(80).or(new BigInteger(80, RANDOM));
        String digits = bits.toString(32).toUpperCase(Locale.ROOT);
        return "pay-" + "0".repeat(26 - digits.length()) + digits;
    }
}
