package io.triggerquery.producer.internal.remote;

import io.triggerquery.producer.internal.sending.SendOutcome;
import java.util.Set;

/** Classifies failed calls: a later call may succeed, or an operator must act. */
final class CallFailure {

    private static final int LONGEST_REASON = 300;
    private static final int FIRST_CLIENT_ERROR = 400;
    private static final int FIRST_SERVER_ERROR = 500;

    /** The client errors that are temporary: request timeout and too many requests. */
    private static final Set<Integer> TEMPORARY = Set.of(408, 429);

    private CallFailure() {}

    static SendOutcome outcome(RuntimeException thrown) {
        if (thrown instanceof RelayServiceException answer
                && answer.status() >= FIRST_CLIENT_ERROR
                && answer.status() < FIRST_SERVER_ERROR
                && !TEMPORARY.contains(answer.status())) {
            return new SendOutcome.Blocked(reason(
                    "the relay service answered " + answer.status() + " " + hint(answer.status()) + answer.body()));
        }
        return new SendOutcome.Unreachable(reason("the relay service is not available: " + thrown.getMessage()));
    }

    private static String hint(int status) {
        return switch (status) {
            case 401 -> "(check triggerquery.producer.relay-service.user and .password) ";
            case 403 -> "(allow this service the destination in triggerquery.relay-service.callers) ";
            case 404 -> "(check triggerquery.producer.relay-service.url) ";
            default -> "";
        };
    }

    private static String reason(String text) {
        String line = text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
    }
}
