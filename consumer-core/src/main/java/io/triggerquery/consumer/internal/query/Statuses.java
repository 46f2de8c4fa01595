package io.triggerquery.consumer.internal.query;

import java.util.Set;

/**
 * Classifies the HTTP statuses of failed answers. A status in none of the sets may concern the requested ids.
 *
 * <p>Statuses that no RFC defines are those of gateways: 440 of IIS, 520 to 530 of Cloudflare, 561 of AWS, 598 and 599
 * of proxies.
 */
final class Statuses {

    /** The source did not answer, or only a gateway in front of it did; an immediate retry may succeed. */
    private static final Set<Integer> TEMPORARY = Set.of(408, 502, 503, 504, 520, 521, 522, 523, 524, 598, 599);

    /**
     * Every id would fail: the caller is not authenticated (401, 407, 440, 511, 561), sends too much (429), or is
     * redirected temporarily, for example to a login page (302, 303, 307); or the connection does not lead to the
     * source (421, 425, 525, 526, 530).
     */
    private static final Set<Integer> NOT_ABOUT_IDS =
            Set.of(302, 303, 307, 401, 407, 421, 425, 429, 440, 511, 525, 526, 530, 561);

    /** The source has understood the query and rejects the requested id. */
    private static final Set<Integer> REJECTED = Set.of(409, 410, 422);

    static final int OK = 200;

    static final int NO_CONTENT = 204;

    static final int NOT_FOUND = 404;

    private static final int SERVER_ERROR = 500;

    private Statuses() {}

    /** Returns whether an immediate retry may succeed. */
    static boolean isTemporary(int status) {
        return TEMPORARY.contains(status);
    }

    /** Returns whether every id would fail. */
    static boolean isAboutEveryId(int status) {
        return TEMPORARY.contains(status) || NOT_ABOUT_IDS.contains(status);
    }

    /** Returns whether the source has rejected this id only. */
    static boolean isAboutOneId(int status) {
        return REJECTED.contains(status);
    }

    /** Returns whether the failure counts against the source: it fails, or cannot be queried. */
    static boolean countsAgainstSource(int status) {
        return status >= SERVER_ERROR || isAboutEveryId(status);
    }

    /** Returns whether an answer with this status contains a state. */
    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }
}
