package io.triggerquery.ctl;

import io.triggerquery.ctl.source.Contents;
import io.triggerquery.ctl.source.Entry;
import io.triggerquery.ctl.source.SendBatch;
import io.triggerquery.ctl.source.Source;
import io.triggerquery.ctl.source.State;
import io.triggerquery.producer.internal.kafka.KafkaTriggerSender;
import io.triggerquery.producer.internal.relay.Dispatch;
import io.triggerquery.producer.internal.sending.Destinations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends the waiting triggers to Kafka. */
@Command(
        name = "send",
        description = {
            "Sends the waiting triggers to Kafka, and deletes those that Kafka has from the disk queue or the outbox.",
            "Parked triggers are not sent; see unpark. Sending a trigger again is harmless."
        })
final class SendCommand implements Callable<Integer> {

    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

    private final Terminal terminal;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            required = true,
            description = "Brokers, separated by commas.")
    String bootstrapServers = "";

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties of the Kafka client, such as those for SASL and TLS.")
    @Nullable
    Path kafkaConfig;

    @Option(
            names = "--destination",
            paramLabel = "NAME=TOPIC",
            required = true,
            description = "Topic of a logical destination; give one for each. Triggers for others are not sent.")
    Map<String, String> topics = new TreeMap<>();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "Maximum number of triggers a second (${DEFAULT-VALUE}). Each causes a query to its service.")
    int rate;

    @Option(names = "--dry-run", description = "Only prints what would be sent.")
    boolean dryRun;

    SendCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        KafkaOptions.check(topics, rate);
        Map<String, Object> connection = KafkaOptions.connection(bootstrapServers, kafkaConfig);
        try (Source opened = source.open(terminal)) {
            Contents contents = opened.read();
            contents.problems().forEach(terminal::problem);
            reportUnmapped(contents.entries());
            if (dryRun) {
                printPlan(contents.entries());
                return contents.problems().isEmpty() ? Terminal.SUCCESS : Terminal.INCOMPLETE;
            }
            boolean allSent = send(opened, connection);
            return allSent && contents.problems().isEmpty() ? Terminal.SUCCESS : Terminal.INCOMPLETE;
        }
    }

    private boolean send(Source opened, Map<String, Object> connection) {
        try (KafkaTriggerSender sender = new KafkaTriggerSender(connection, new Destinations(topics));
                SendBatch outgoing = opened.outgoing()) {
            Sending sending = new Sending(new Dispatch(sender, SEND_TIMEOUT), Pace.real(rate), terminal::problem);
            new TreeSet<>(topics.keySet()).forEach(destination -> sending.send(outgoing, destination));
            long left = sending.left(opened.read().entries());
            terminal.line("sent: " + sending.sent() + ", refused: " + sending.refused() + ", left: " + left);
            return left == 0;
        }
    }

    private void reportUnmapped(List<Entry> entries) {
        countIds(entries).forEach((destination, count) -> {
            if (!topics.containsKey(destination)) {
                terminal.problem(count + " triggers for " + destination + " are not sent: give --destination "
                        + destination + "=TOPIC");
            }
        });
    }

    private void printPlan(List<Entry> entries) {
        List<Entry> waiting = entries.stream()
                .filter(entry -> entry.state() != State.PARKED)
                .filter(entry -> topics.containsKey(entry.trigger().destination()))
                .toList();
        countIds(waiting)
                .forEach((destination, count) -> terminal.line("would send " + count + " triggers for " + destination
                        + " to the topic " + topics.get(destination)));
        terminal.line("would send: "
                + countIds(waiting).values().stream().mapToLong(n -> n).sum());
    }

    /** Returns the number of different ids by destination. */
    private static Map<String, Long> countIds(List<Entry> entries) {
        return entries.stream()
                .map(Entry::trigger)
                .collect(Collectors.groupingBy(
                        trigger -> trigger.destination(),
                        TreeMap::new,
                        Collectors.mapping(trigger -> trigger.id(), distinct())));
    }

    private static Collector<String, ?, Long> distinct() {
        return Collectors.collectingAndThen(Collectors.toSet(), ids -> (long) ids.size());
    }
}
