package io.triggerquery.producer.internal.kafka;

import io.triggerquery.producer.internal.sending.SendOutcome;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidRequiredAcksException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Classifies failed sends: those that end with time, those that an operator of the broker can correct, and those that
 * depend on the trigger.
 *
 * <p>Only a record that the broker reports as invalid is refused for good. An id has at most 256 characters, so an
 * operator can raise a limit that its record exceeds. Unknown failures are tried again.
 */
final class SendFailure {

    /** The remedy of a failure. */
    enum Remedy {
        /** Another attempt. */
        TIME,
        /** A change by an operator, for the whole destination. */
        OPERATOR,
        /** A request of its own, or otherwise a change by an operator for this record. */
        ALONE,
        /** A request of its own, or otherwise nothing. */
        ALONE_OR_NONE
    }

    private static final Map<Class<?>, Remedy> REMEDIES = Map.ofEntries(
            Map.entry(AuthorizationException.class, Remedy.OPERATOR),
            Map.entry(AuthenticationException.class, Remedy.OPERATOR),
            Map.entry(SecurityDisabledException.class, Remedy.OPERATOR),
            Map.entry(InvalidTopicException.class, Remedy.OPERATOR),
            Map.entry(InvalidRequiredAcksException.class, Remedy.OPERATOR),
            Map.entry(PolicyViolationException.class, Remedy.OPERATOR),
            Map.entry(UnsupportedVersionException.class, Remedy.OPERATOR),
            Map.entry(UnsupportedForMessageFormatException.class, Remedy.OPERATOR),
            Map.entry(UnsupportedCompressionTypeException.class, Remedy.OPERATOR),
            Map.entry(RecordTooLargeException.class, Remedy.ALONE),
            Map.entry(RecordBatchTooLargeException.class, Remedy.ALONE),
            Map.entry(InvalidRecordException.class, Remedy.ALONE_OR_NONE),
            Map.entry(SerializationException.class, Remedy.ALONE_OR_NONE));

    /**
     * The client's message for the valid records of a batch with invalid ones, which has no exception type of its own.
     */
    private static final String BATCH_REJECTED = "Failed to append record because it was part of a batch";

    private SendFailure() {}

    /**
     * Returns the outcome of a failed send.
     *
     * @param part the part of the destination that it was sent to
     */
    static SendOutcome outcome(Throwable thrown, String part) {
        Throwable failure = unwrap(thrown);
        String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return switch (remedy(failure)) {
            // a full buffer delays every part
            case TIME -> new SendOutcome.Unreachable(reason, failure instanceof BufferExhaustedException ? "" : part);
            case OPERATOR -> new SendOutcome.Blocked(reason);
            case ALONE -> new SendOutcome.Refused(reason, false);
            case ALONE_OR_NONE -> new SendOutcome.Refused(reason, true);
        };
    }

    /** Returns whether the producer itself may be broken: an idempotent one does not leave its fatal state. */
    static boolean mayBreakProducer(Throwable thrown) {
        Throwable failure = unwrap(thrown);
        boolean concernsRecord = switch (remedy(failure)) {
            case ALONE, ALONE_OR_NONE -> true;
            case TIME, OPERATOR ->
                failure instanceof InvalidTimestampException || failure instanceof InvalidTopicException;
        };
        return !concernsRecord && !(failure instanceof RetriableException);
    }

    static Remedy remedy(Class<?> failure) {
        for (Class<?> type = failure; type != null; type = type.getSuperclass()) {
            Remedy remedy = REMEDIES.get(type);
            if (remedy != null) {
                return remedy;
            }
        }
        return Remedy.TIME;
    }

    private static Remedy remedy(Throwable failure) {
        boolean batchRejected = failure.getClass() == KafkaException.class
                && String.valueOf(failure.getMessage()).startsWith(BATCH_REJECTED);
        return batchRejected ? Remedy.ALONE : remedy(failure.getClass());
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wrapper = thrown instanceof ExecutionException || thrown instanceof CompletionException;
        return wrapper && cause != null ? unwrap(cause) : thrown;
    }
}
