package io.triggerquery.consumer.internal.query;

import java.util.Set;

/**
 * Classifies the HTTP statuses of failed answers. One that is in neither set may be about the ids that were asked for.
 *
 * <p>The numbers without a name in an RFC are those of gateways: 440 of IIS, 520 to 530 of Cloudflare, 561 of AWS, 598 and
 * 599 of proxies.
 */
final class Statuses {

    /** The source did not answer, or only what is in front of it did; another try may succeed at once. */
    private static final Set<Integer> PASSING = Set.of(408, 502, 503, 504, 520, 521, 522, 523, 524, 598, 599);

    /**
     * Another id would fare no better: the caller is unknown (401, 407, 440, 511, 561), sends too much (429), or is sent
     * elsewhere for now, to log in perhaps (302, 303, 307); or the connection does not lead to the source (421, 425, 525,
     * 526, 530).
     */
    private static final Set<Integer> LASTING =
            Set.of(302, 303, 307, 401, 407, 421, 425, 429, 440, 511, 525, 526, 530, 561);

    /** The source has understood the question and rejects what it asks about. */
    private static final Set<Integer> REJECTED = Set.of(409, 410, 422);

    private static final int SERVER_ERROR = 500;

    private Statuses() {}

    /** Whether another try may succeed at once. */
    static boolean passes(int status) {
        return PASSING.contains(status);
    }

    /** Whether any id would have failed. */
    static boolean isAboutEveryId(int status) {
        return PASSING.contains(status) || LASTING.contains(status);
    }

    /** Whether the source has rejected this one id. */
    static boolean isAboutOneId(int status) {
        return REJECTED.contains(status);
    }

    /** Whether the source is not well, or cannot be asked. */
    static boolean isAgainstTheSource(int status) {
        return status >= SERVER_ERROR || isAboutEveryId(status);
    }

    /** Whether an answer with this status has a state. */
    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }
}
