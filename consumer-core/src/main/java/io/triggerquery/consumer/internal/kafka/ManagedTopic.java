package io.triggerquery.consumer.internal.kafka;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** A topic that a listener writes to and may create. */
sealed interface ManagedTopic {

    String name();

    /** Returns the advice for the log if it cannot be created. */
    String advice();

    /**
     * The topic for dead letters, with the broker's defaults.
     *
     * @param name the topic's name
     */
    record DeadLetter(String name) implements ManagedTopic {

        /** The suffix to the trigger topic's name, spring-kafka's default. */
        private static final String SUFFIX = "-dlt";

        static DeadLetter of(String triggerTopic) {
            return new DeadLetter(triggerTopic + SUFFIX);
        }

        @Override
        public String advice() {
            return "Create it, and grant this service the rights to read and write it. Until then messages for it"
                    + " keep the offsets of their partitions from being committed";
        }

        NewTopic asNew() {
            return new NewTopic(name, Optional.empty(), Optional.empty());
        }
    }

    /**
     * The topic for deferred triggers. It has the trigger topic's number of partitions, so that an id keeps its
     * partition number and usually its consumer. It is compacted by id: retention does not delete waiting triggers, and
     * of an id's triggers only the newest is needed.
     *
     * @param name the topic's name
     * @param triggerTopic the topic that its triggers come from
     */
    record Retry(String name, String triggerTopic) implements ManagedTopic {

        /** The suffix of the default name of a retry topic. */
        static final String SUFFIX = "-retry";

        private static final String NAME = "[a-zA-Z0-9._-]{1,249}";

        /**
         * Creates the retry topic of a listener.
         *
         * @param given the configured name, or null for {@code TOPIC-GROUP-retry}
         * @throws FailureAnalyzedException if the name is invalid, or is that of the trigger topic or the dead-letter
         *     topic
         */
        static Retry of(String listenerId, String triggerTopic, String group, @Nullable String given) {
            String name = given == null ? triggerTopic + "-" + group + SUFFIX : given;
            if (!name.matches(NAME) || name.equals(".") || name.equals("..")) {
                throw new FailureAnalyzedException(
                        "The retry topic of the trigger listener '" + listenerId + "' cannot be named '" + name
                                + "': a topic's name has 1 to 249 characters out of ASCII letters, digits and . _ -",
                        "Set its name by retryTopic of @TriggerQueryListener. The default name is TOPIC-GROUP-retry.");
            }
            if (name.equals(triggerTopic)
                    || name.equals(DeadLetter.of(triggerTopic).name())) {
                throw new FailureAnalyzedException(
                        "The retry topic of the trigger listener '" + listenerId + "' is '" + name
                                + "', which is its trigger topic or its dead-letter topic.",
                        "Give @TriggerQueryListener a retryTopic of its own, or leave it out.");
            }
            return new Retry(name, triggerTopic);
        }

        @Override
        public String advice() {
            return "Create it, with cleanup.policy=compact and as many partitions as " + triggerTopic
                    + ", and grant this service the rights to read and write it; or set a long"
                    + " triggerquery.defer-after. Until then failing ids keep the offsets of their partitions"
                    + " from being committed";
        }

        NewTopic asNew(int partitions) {
            return new NewTopic(name, Optional.of(partitions), Optional.empty())
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        }
    }
}
