package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.failure.OneLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The work that a delivery requests. */
public sealed interface Work {

    /** Returns the key; deliveries with equal keys are coalesced. */
    Object key();

    /** Returns the name for logs. */
    String name();

    /**
     * Queries the id's state and projects it.
     *
     * @param trigger the trigger
     * @param history its failures, if it comes from the retry topic
     * @param context the context of its message for {@link EngineListener#begun}, or null; not used by the engine
     */
    record Refresh(
            Trigger trigger, RetryHistory history, @Nullable Object context) implements Work {

        public Refresh(Trigger trigger, RetryHistory history) {
            this(trigger, history, null);
        }

        @Override
        public Object key() {
            return trigger.id();
        }

        @Override
        public String name() {
            return trigger.id();
        }
    }

    /**
     * Sends a message that is no trigger to the dead-letter topic.
     *
     * @param origin its partition and offset, for the log
     * @param reason why it is not a trigger
     * @param sending sends it
     */
    record DeadLetter(String origin, String reason, Sending sending) implements Work {

        @Override
        public Object key() {
            return this;
        }

        @Override
        public String name() {
            return origin;
        }
    }

    /**
     * Several parts of one record. Its offset is settled when each of them is.
     *
     * @param parts works of the types {@link Refresh} and {@link DeadLetter}; at least one
     */
    record Several(List<Work> parts) implements Work {

        @Override
        public Object key() {
            return this;
        }

        @Override
        public String name() {
            return parts.size() + " ids";
        }
    }

    /**
     * Nothing: the record is not meant for the listener. It is settled at once.
     *
     * @param origin its partition and offset, for the log
     */
    record Ignored(String origin) implements Work {

        @Override
        public Object key() {
            return this;
        }

        @Override
        public String name() {
            return origin;
        }
    }

    /**
     * Decodes a record whose decoder has failed. It is decoded again like a failing id is queried again.
     *
     * @param origin its partition and offset, for the log
     * @param decoding decodes it again
     * @param sending sends it to the dead-letter topic, once it has failed for as long as ids are deferred after
     */
    record Undecoded(String origin, Decoding decoding, Sending sending) implements Work {

        /** Returns the work that sends it to the dead-letter topic. */
        DeadLetter deadLetter(Throwable cause) {
            return new DeadLetter(origin, "the decoder failed: " + OneLine.of(cause), sending);
        }

        @Override
        public Object key() {
            return this;
        }

        @Override
        public String name() {
            return origin;
        }
    }

    /** Decodes a record. */
    @FunctionalInterface
    interface Decoding {

        /**
         * Returns the work of the record, of any type but {@link Undecoded}.
         *
         * @throws Exception if the decoder fails; the record is decoded again later
         */
        Work decode() throws Exception;
    }

    /** Sends a dead letter. */
    @FunctionalInterface
    interface Sending {

        /**
         * Sends the dead letter and returns once the broker has acknowledged it for all in-sync replicas.
         *
         * @throws Exception if it is not acknowledged; it is sent again later
         */
        void send() throws Exception;
    }
}
