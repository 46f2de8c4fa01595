package io.triggerquery.producer.internal.remote;

import feign.FeignException;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.util.Set;

/** Classifies failed calls: a later one may succeed, or an operator must act. */
final class CallFailure {

    private static final int LONGEST_REASON = 300;
    private static final int FIRST_CLIENT_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    /** Time-out and too many requests: of the 4xx, those that pass by themselves. */
    private static final Set<Integer> PASSING = Set.of(408, 429);

    private CallFailure() {}

    static SendOutcome outcome(RuntimeException thrown) {
        if (thrown instanceof FeignException answer
                && answer.status() >= FIRST_CLIENT_ERROR
                && answer.status() < FIRST_SERVER_ERROR
                && !PASSING.contains(answer.status())) {
            return new SendOutcome.Blocked(reason("the relay service answered " + answer.status() + " "
                    + hint(answer.status()) + answer.contentUTF8()));
        }
        return new SendOutcome.Unreachable(reason("the relay service: " + thrown.getMessage()));
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> "(look at triggerquery.producer.relay-service.user and password) ";
            case 403 -> "(let it allow this service the destination) ";
            case 404 -> "(look at triggerquery.producer.relay-service.url) ";
            default -> "";
        };
    }

    private static String reason(String text) {
        String line = text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
    }
}
