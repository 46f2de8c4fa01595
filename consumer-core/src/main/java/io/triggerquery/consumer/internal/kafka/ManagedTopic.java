package io.triggerquery.consumer.internal.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** A topic that a listener or its group writes to and may create. */
sealed interface ManagedTopic {

    String name();

    /** Returns the advice for the log if it cannot be created. */
    String advice();

    /** Returns what happens when the broker deletes its records, as the end of a sentence; null if that is intended. */
    default @Nullable String ifRecordsAreDeleted() {
        return null;
    }

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
            return "Create it, and grant this service the rights to read and write it. Until then, messages"
                    + " for it block the commits of their partitions";
        }

        NewTopic asNew() {
            return new NewTopic(name, Optional.empty(), Optional.empty());
        }
    }

    /**
     * The topic that remembers which dead letters of a group were replayed or discarded by a selection. It is compacted
     * and has one partition.
     *
     * @param name the topic's name
     */
    record Handled(String name) implements ManagedTopic {

        private static final String SUFFIX = "-triggerquery-letters";

        static Handled of(String group) {
            return new Handled(group + SUFFIX);
        }

        /** Returns whether Kafka permits the name; that of a group may contain any character. */
        boolean hasValidName() {
            return name.matches(Retry.NAME);
        }

        @Override
        public String advice() {
            return "Create it, with cleanup.policy=compact and one partition, and grant this service the rights to read"
                    + " and write it. Until then only all dead letters can be replayed";
        }

        @Override
        public String ifRecordsAreDeleted() {
            return "dead letters that were replayed or discarded count as open again, and the next replay sends them";
        }

        NewTopic asNew() {
            return new NewTopic(name, Optional.of(1), Optional.empty())
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        }
    }

    /**
     * The topic for deferred triggers. It has the trigger topics' largest number of partitions, so that an id keeps its
     * partition number and usually its consumer. It is compacted by id: retention does not delete waiting triggers, and
     * of an id's triggers only the newest is needed.
     *
     * @param name the topic's name
     * @param triggerTopics the topics that its triggers come from
     */
    record Retry(String name, List<String> triggerTopics) implements ManagedTopic {

        /** The suffix of the default name of a retry topic. */
        static final String SUFFIX = "-retry";

        private static final String NAME = "[a-zA-Z0-9._-]{1,249}";

        /**
         * Creates the retry topic of a listener.
         *
         * @param given the configured name, or null for {@code TOPIC-GROUP-retry}, or {@code ID-GROUP-retry} if there
         *     are several topics
         * @throws FailureAnalyzedException if the name is invalid, or if one of the listener's topics is another topic
         *     of its own
         */
        static Retry of(String listenerId, List<String> triggerTopics, String group, @Nullable String given) {
            String first = triggerTopics.size() == 1 ? triggerTopics.get(0) : listenerId;
            String name = given == null ? first + "-" + group + SUFFIX : given;
            if (!name.matches(NAME) || name.equals(".") || name.equals("..")) {
                throw new FailureAnalyzedException(
                        "The retry topic of the trigger listener '" + listenerId + "' cannot be named '" + name
                                + "': a topic's name has 1 to 249 characters out of ASCII letters, digits and . _ -",
                        "Set its name by retryTopic of @TriggerQueryListener. The default name is TOPIC-GROUP-retry, or"
                                + " ID-GROUP-retry if there are several topics.");
            }
            var retry = new Retry(name, triggerTopics);
            retry.checkNames(listenerId);
            return retry;
        }

        private void checkNames(String listenerId) {
            for (String topic : triggerTopics) {
                String deadLetterTopic = DeadLetter.of(topic).name();
                if (name.equals(topic) || name.equals(deadLetterTopic)) {
                    throw new FailureAnalyzedException(
                            "The retry topic of the trigger listener '" + listenerId + "' is '" + name
                                    + "', which is its trigger topic or its dead-letter topic.",
                            "Set another retryTopic in @TriggerQueryListener, or omit it.");
                }
                if (triggerTopics.contains(deadLetterTopic)) {
                    throw new FailureAnalyzedException(
                            "The trigger listener '" + listenerId + "' reads the topics " + topic + " and "
                                    + deadLetterTopic + ", which is the dead-letter topic of the former.",
                            "Remove " + deadLetterTopic + " from topics of @TriggerQueryListener. Dead letters are sent"
                                    + " again with POST /actuator/triggerquery/" + listenerId + "/replay.");
                }
            }
        }

        /** Returns the names of all topics that the listener reads. */
        List<String> withTriggerTopics() {
            return Stream.concat(triggerTopics.stream(), Stream.of(name)).toList();
        }

        /** Returns with what the default names begin that the listener's retry topic may have had. */
        List<String> defaultPrefixes(String listenerId) {
            return Stream.concat(
                            triggerTopics.stream(), triggerTopics.size() == 1 ? Stream.empty() : Stream.of(listenerId))
                    .map(first -> first + "-")
                    .toList();
        }

        /** Returns the trigger topic that a record's trigger was first sent to, as far as it is known. */
        String origin(ConsumerRecord<?, ?> message) {
            if (triggerTopics.size() == 1) {
                return triggerTopics.get(0);
            }
            if (triggerTopics.contains(message.topic())) {
                return message.topic();
            }
            String deferred = TriggerHeaders.topic(message.headers());
            return triggerTopics.stream()
                    .filter(topic -> topic.equals(deferred)
                            || DeadLetter.of(topic).name().equals(message.topic()))
                    .findFirst()
                    .orElse(triggerTopics.get(0));
        }

        @Override
        public String advice() {
            return "Create it, with cleanup.policy=compact and as many partitions as "
                    + String.join(", ", triggerTopics)
                    + ", and grant this service the rights to read and write it; or set a long"
                    + " defer-after. Until then, failing ids block the commits of their partitions";
        }

        @Override
        public String ifRecordsAreDeleted() {
            return "deferred triggers that were waiting are lost";
        }

        NewTopic asNew(int partitions) {
            return new NewTopic(name, Optional.of(partitions), Optional.empty())
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        }
    }

    /**
     * The control topic of a group: one partition, so that its records have one order. It is compacted, in small
     * segments, since an instance reads it whole at its start. The broker's time orders the records of instances whose
     * clocks differ.
     *
     * @param name the topic's name
     */
    record Control(String name) implements ManagedTopic {

        private static final String SUFFIX = "-triggerquery-control";

        /** How long the deletion of a record is kept for an instance that does not reach the broker. */
        private static final Duration DELETIONS_KEPT = Duration.ofDays(1);

        private static final Duration SEGMENT = Duration.ofMinutes(10);
        private static final int SEGMENT_BYTES = 1024 * 1024; // the least that Kafka permits

        static Control of(String group) {
            return new Control(group + SUFFIX);
        }

        @Override
        public String advice() {
            return "Create it, with one partition, cleanup.policy=compact and message.timestamp.type=LogAppendTime, and"
                    + " grant this service the rights to read and write it; or set triggerquery.control.enabled to"
                    + " false. Until then, each instance of the group reports only its own state, and a pause"
                    + " applies to one instance until it stops";
        }

        @Override
        public String ifRecordsAreDeleted() {
            return "instances that start later do not know of earlier pauses, and read";
        }

        NewTopic asNew() {
            return new NewTopic(name, Optional.of(1), Optional.empty())
                    .configs(Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG,
                            TopicConfig.CLEANUP_POLICY_COMPACT,
                            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                            "LogAppendTime",
                            TopicConfig.SEGMENT_BYTES_CONFIG,
                            Integer.toString(SEGMENT_BYTES),
                            TopicConfig.SEGMENT_MS_CONFIG,
                            Long.toString(SEGMENT.toMillis()),
                            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                            "0.1",
                            TopicConfig.DELETE_RETENTION_MS_CONFIG,
                            Long.toString(DELETIONS_KEPT.toMillis())));
        }
    }
}
