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

    /** What to do if it cannot be created. */
    String advice();

    /**
     * Where dead letters go, with the broker's own defaults.
     *
     * @param name the topic's name
     */
    record DeadLetter(String name) implements ManagedTopic {

        /** Appended to a topic's name, as spring-kafka does by default. */
        private static final String SUFFIX = "-dlt";

        static DeadLetter of(String triggerTopic) {
            return new DeadLetter(triggerTopic + SUFFIX);
        }

        @Override
        public String advice() {
            return "Create it, and let this service read and write it. Until then what should go there holds the offset of"
                    + " its partition";
        }

        NewTopic asNew() {
            return new NewTopic(name, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Where deferred triggers wait. It has the trigger topic's number of partitions, so that an id keeps its partition's
     * number and mostly its consumer. It is compacted by id: retention never ends a trigger's wait, and of one id's
     * triggers only the newest is needed.
     *
     * @param name the topic's name
     * @param triggerTopic the topic that its triggers come from
     */
    record Retry(String name, String triggerTopic) implements ManagedTopic {

        /** Ends the name of a retry topic, unless it was given. */
        static final String SUFFIX = "-retry";

        private static final String NAME = "[a-zA-Z0-9._-]{1,249}";

        /**
         * Checks the name.
         *
         * @param given the name, or null for {@code TOPIC-GROUP-retry}
         * @throws FailureAnalyzedException if there can be no such topic, or it is another one of the listener's
         */
        static Retry of(String listenerId, String triggerTopic, String group, @Nullable String given) {
            String name = given == null ? triggerTopic + "-" + group + SUFFIX : given;
            if (!name.matches(NAME) || name.equals(".") || name.equals("..")) {
                throw new FailureAnalyzedException(
                        "The retry topic of the trigger listener '" + listenerId + "' cannot be named '" + name
                                + "': a topic's name has 1 to 249 characters out of ASCII letters, digits and . _ -",
                        "Name it: @TriggerQueryListener(retryTopic = \"...\", ...). By default it is TOPIC-GROUP-retry.");
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
                    + ", and let this service read and write it; or set triggerquery.defer-after to a long time. Until then"
                    + " an id that fails holds the offset of its partition";
        }

        NewTopic asNew(int partitions) {
            return new NewTopic(name, Optional.of(partitions), Optional.empty())
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        }
    }
}
