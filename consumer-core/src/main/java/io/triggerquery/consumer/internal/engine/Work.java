package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.Trigger;
import org.jspecify.annotations.Nullable;

/** The work that a delivery asks for. */
public sealed interface Work {

    /** Deliveries with equal keys are coalesced. */
    Object key();

    /** What to call it in a log. */
    String name();

    /**
     * Query the id's state and project it.
     *
     * @param trigger the trigger
     * @param history what it has been through, if it comes from the retry topic
     * @param context where its message came from, for {@link EngineListener#begun}; the engine does not look into it
     */
    record Refresh(Trigger trigger, RetryHistory history, @Nullable Object context) implements Work {

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
     * Hand a message that can never be a trigger to the dead-letter topic.
     *
     * @param origin where it stood, for the log
     * @param reason why it is no trigger
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

    /** Sends a dead letter. */
    @FunctionalInterface
    interface Sending {

        /**
         * Returns once the broker has the dead letter for good.
         *
         * @throws Exception if that is not certain; it is sent again later
         */
        void send() throws Exception;
    }
}
