package io.triggerquery.consumer.query;

import feign.FeignException;
import feign.RetryableException;
import java.util.Set;

/**
 * What a failed call says of the source.
 *
 * <table>
 *   <caption>Failures</caption>
 *   <tr><th>failure</th><th>repeated inside the call</th><th>counts against the source</th></tr>
 *   <tr><td>no connection, time-out, broken answer</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>502, 503, 504</td><td>yes</td><td>yes</td></tr>
 *   <tr><td>429 and the other 5xx</td><td>no</td><td>yes</td></tr>
 *   <tr><td>any other failure, of a client that is not Feign</td><td>no</td><td>yes</td></tr>
 *   <tr><td>other 4xx, an answer that cannot be read</td><td>no</td><td>no: the source is up</td></tr>
 * </table>
 *
 * Whatever the failure, the id is asked again later.
 */
final class FeignFailures {

    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final int TOO_MANY_REQUESTS = 429;

    private FeignFailures() {}

    static boolean worthAnImmediateRetry(Throwable failure) {
        return failure instanceof RetryableException
                || failure instanceof FeignException answered && PASSING.contains(answered.status());
    }

    /** Whatever is not known to be an answer counts, so that a client other than Feign's can open the circuit too. */
    static boolean againstTheSource(Throwable failure) {
        return !(failure instanceof NoStateException
                || failure instanceof AnswerTooLargeException
                || failure instanceof FeignException answered && isAnswer(answered));
    }

    private static boolean isAnswer(FeignException failure) {
        boolean refusedForGood = failure.status() < 500 && failure.status() != TOO_MANY_REQUESTS;
        return refusedForGood && !(failure instanceof RetryableException);
    }
}
