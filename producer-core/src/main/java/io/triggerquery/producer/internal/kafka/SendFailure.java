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
 * Classifies why a send failed: what ends by time, what an operator of the broker can change, and what only another
 * trigger can.
 *
 * <p>Only a record that the broker calls invalid is refused for good. An id has at most 256 characters, so a limit that its
 * record exceeds is the broker's to raise. What is not known is tried again.
 */
final class SendFailure {

    /** What helps. */
    enum Cure {
        /** Trying again. */
        TIME,
        /** An operator's change, for the whole destination. */
        OPERATOR,
        /** A request without the others of its batch, or else an operator's change that concerns this record. */
        ALONE,
        /** A request without the others of its batch, or else nothing. */
        ALONE_OR_NONE
    }

    private static final Map<Class<?>, Cure> CURES = Map.ofEntries(
            Map.entry(AuthorizationException.class, Cure.OPERATOR),
            Map.entry(AuthenticationException.class, Cure.OPERATOR),
            Map.entry(SecurityDisabledException.class, Cure.OPERATOR),
            Map.entry(InvalidTopicException.class, Cure.OPERATOR),
            Map.entry(InvalidRequiredAcksException.class, Cure.OPERATOR),
            Map.entry(PolicyViolationException.class, Cure.OPERATOR),
            Map.entry(UnsupportedVersionException.class, Cure.OPERATOR),
            Map.entry(UnsupportedForMessageFormatException.class, Cure.OPERATOR),
            Map.entry(UnsupportedCompressionTypeException.class, Cure.OPERATOR),
            Map.entry(RecordTooLargeException.class, Cure.ALONE),
            Map.entry(RecordBatchTooLargeException.class, Cure.ALONE),
            Map.entry(InvalidRecordException.class, Cure.ALONE_OR_NONE),
            Map.entry(SerializationException.class, Cure.ALONE_OR_NONE));

    /** What the client says of the valid records of a batch with invalid ones; it has no type of its own. */
    private static final String IN_BAD_COMPANY = "Failed to append record because it was part of a batch";

    private SendFailure() {}

    /**
     * The outcome of a send.
     *
     * @param part that was asked
     */
    static SendOutcome outcome(Throwable thrown, String part) {
        Throwable failure = unwrap(thrown);
        String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return switch (cure(failure)) {
            // a full buffer holds up every part
            case TIME -> new SendOutcome.Unreachable(reason, failure instanceof BufferExhaustedException ? "" : part);
            case OPERATOR -> new SendOutcome.Blocked(reason);
            case ALONE -> new SendOutcome.Refused(reason, false);
            case ALONE_OR_NONE -> new SendOutcome.Refused(reason, true);
        };
    }

    /** Whether the producer itself may be broken: an idempotent one does not leave its fatal state. */
    static boolean mayBreakProducer(Throwable thrown) {
        Throwable failure = unwrap(thrown);
        boolean ofTheRecord = switch (cure(failure)) {
            case ALONE, ALONE_OR_NONE -> true;
            case TIME, OPERATOR ->
                failure instanceof InvalidTimestampException || failure instanceof InvalidTopicException;
        };
        return !ofTheRecord && !(failure instanceof RetriableException);
    }

    static Cure cure(Class<?> failure) {
        for (Class<?> type = failure; type != null; type = type.getSuperclass()) {
            Cure cure = CURES.get(type);
            if (cure != null) {
                return cure;
            }
        }
        return Cure.TIME;
    }

    private static Cure cure(Throwable failure) {
        boolean inBadCompany = failure.getClass() == KafkaException.class
                && String.valueOf(failure.getMessage()).startsWith(IN_BAD_COMPANY);
        return inBadCompany ? Cure.ALONE : cure(failure.getClass());
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wrapper = thrown instanceof ExecutionException || thrown instanceof CompletionException;
        return wrapper && cause != null ? unwrap(cause) : thrown;
    }
}
