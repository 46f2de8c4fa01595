package io.triggerquery.consumer.internal.query;

/** Thrown when a client returns an answer with a status that is not successful, instead of throwing an exception. */
final class UnsuccessfulAnswerException extends RuntimeException {

    private final transient FailedCall.Answer call;

    UnsuccessfulAnswerException(FailedCall.Answer call) {
        super("The source answered with status " + call.status() + ".");
        this.call = call;
    }

    FailedCall.Answer call() {
        return call;
    }
}
