package io.triggerquery.bench.id;

import java.nio.charset.StandardCharsets;

/**
 * The ids: {@code payment-} and a number of seven digits, or of eight if there are more than 9,999,999.
 *
 * <p>Threads: any.
 */
public final class PaymentIds {

    /** What all ids begin with. */
    public static final String PREFIX = "payment-";

    /** What no id has. */
    public static final int NONE = -1;

    private static final int MOST_OF_SEVEN_DIGITS = 9_999_999;
    private static final int MOST_DIGITS = 9;

    private final int length;

    /**
     * For ids up to a number.
     *
     * @param largest of all numbers
     */
    public PaymentIds(int largest) {
        length = PREFIX.length() + (largest > MOST_OF_SEVEN_DIGITS ? 8 : 7);
    }

    /** The id of a number, as it stands in a message. */
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

    /** The id of a number. */
    public String text(int number) {
        return new String(bytes(number), StandardCharsets.US_ASCII);
    }

    /** The number of the id that stands there, or {@link #NONE} if that is no id. */
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
     * The number of an id.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static int number(String id) {
        int number = number(id, 0, id.length());
        if (number == NONE) {
            throw new IllegalArgumentException("'" + id + "' is no id.");
        }
        return number;
    }

    /** The number of an id as it stands in a message; that it is one is taken for granted. */
    public static int number(byte[] id) {
        int number = 0;
        for (int at = PREFIX.length(); at < id.length; at++) {
            number = number * 10 + id[at] - '0';
        }
        return number;
    }
}
