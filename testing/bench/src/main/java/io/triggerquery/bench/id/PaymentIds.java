package io.triggerquery.bench.id;

import java.nio.charset.StandardCharsets;

/**
 * Converts between numbers and ids. An id is {@code payment-} and a number of seven digits, or of eight if there are
 * more than 9,999,999.
 *
 * <p>Threads: any.
 */
public final class PaymentIds {

    /** The prefix of all ids. */
    public static final String PREFIX = "payment-";

    /** The number of a text that is not an id. */
    public static final int NONE = -1;

    private static final int MOST_OF_SEVEN_DIGITS = 9_999_999;
    private static final int MOST_DIGITS = 9;

    private final int length;

    /**
     * Creates ids up to a number.
     *
     * @param largest the largest number
     */
    public PaymentIds(int largest) {
        length = PREFIX.length() + (largest > MOST_OF_SEVEN_DIGITS ? 8 : 7);
    }

    /** Returns the id of a number, in the bytes of a message. */
    public byte[] bytes(int number) {
        byte[] id = new byte[length];
        int rest = number;
        for (int at = length - 1; at >= PREFIX.length(); at--) {
            id[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        System.arraycopy(PREFIX.getBytes(StandardCharsets.US_ASCII), 0, id, 0, PREFIX.length());
        return id;
    }

    /** Returns the id of a number. */
    public String text(int number) {
        return new String(bytes(number), StandardCharsets.US_ASCII);
    }

    /** Returns the number of the id at this place, or {@link #NONE} if there is no id. */
    public static int number(String text, int from, int to) {
        int digits = to - from - PREFIX.length();
        if (digits < 1 || digits > MOST_DIGITS || !text.startsWith(PREFIX, from)) {
            return NONE;
        }
        int number = 0;
        for (int at = from + PREFIX.length(); at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /**
     * Returns the number of an id.
     *
     * @throws IllegalArgumentException if it is not an id
     */
    public static int number(String id) {
        int number = number(id, 0, id.length());
        if (number == NONE) {
            throw new IllegalArgumentException("'" + id + "' is no id.");
        }
        return number;
    }

    /** Returns the number of an id in the bytes of a message, without validation. */
    public static int number(byte[] id) {
        int number = 0;
        for (int at = PREFIX.length(); at < id.length; at++) {
            number = number * 10 + id[at] - '0';
        }
        return number;
    }
}
