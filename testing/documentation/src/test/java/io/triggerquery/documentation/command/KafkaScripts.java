package io.triggerquery.documentation.command;

import java.util.Map;
import java.util.Set;

/** Checks the options of Kafka's own scripts, as of Kafka 4.2. */
final class KafkaScripts {

    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "kafka-topics.sh", Set.of("--create", "--topic", "--partitions"),
            "kafka-console-producer.sh", Set.of("--topic"),
            "kafka-console-consumer.sh", Set.of("--topic", "--group", "--from-beginning", "--timeout-ms"),
            "kafka-consumer-groups.sh", Set.of("--describe", "--group"));

    private KafkaScripts() {}

    static void check(Command command) {
        String script = command.words().get(0);
        command.must(command.words().contains("--bootstrap-server"), "the script needs --bootstrap-server; add it");
        command.after(1).stream()
                .filter(word -> word.startsWith("--") && !word.equals("--bootstrap-server"))
                .forEach(option -> command.must(
                        OPTIONS.get(script).contains(option),
                        "this test knows no option " + option + " of it; correct it, or add it to KafkaScripts"));
    }
}
