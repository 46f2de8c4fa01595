package io.triggerquery.producer.kafka;

import io.triggerquery.producer.sending.SendOutcome;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.springframework.kafka.KafkaException;

/** Tells apart what a later attempt can cure, what an operator must, and what nothing can. */
final class SendFailure {

    private SendFailure() {}

    static SendOutcome outcome(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        String reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
            return new SendOutcome.Blocked(reason);
        }
        if (cause instanceof RecordTooLargeException
                || cause instanceof RecordBatchTooLargeException
                || cause instanceof InvalidRecordException
                || cause instanceof InvalidTopicException
                || cause instanceof SerializationException) {
            return new SendOutcome.Refused(reason);
        }
        // also whatever is not known: better a trigger too many than one given up
        return new SendOutcome.Unreachable(reason);
    }

    /** Whether the producer itself may be broken: an idempotent one does not leave its fatal state. */
    static boolean mayBreakProducer(Throwable thrown) {
        return !(unwrap(thrown) instanceof RetriableException) && !(outcome(thrown) instanceof SendOutcome.Refused);
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wrapper = thrown instanceof KafkaException
                || thrown instanceof ExecutionException
                || thrown instanceof CompletionException;
        return wrapper && cause != null ? unwrap(cause) : thrown;
    }
}
