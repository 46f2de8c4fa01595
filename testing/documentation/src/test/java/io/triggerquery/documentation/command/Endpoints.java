package io.triggerquery.documentation.command;

import io.triggerquery.consumer.internal.actuate.Shown;
import io.triggerquery.consumer.internal.actuate.TriggerQueryEndpoint;
import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.producer.autoconfigure.TriggerProducerAutoConfiguration;
import io.triggerquery.producer.internal.actuate.TriggerProducerEndpoint;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** Performs the documented operations of the actuator endpoints, on a listener that does nothing and on an empty queue. */
final class Endpoints implements AutoCloseable {

    /** The operations that take an id in the path or in the body. */
    private static final List<String> ON_IDS = List.of("retry", "trigger", "forget", "ask");

    private static final List<String> STRATEGIES =
            List.of("retry", "memory-queue", "disk-queue", "relay", "registration", "outbox");

    @SpringBootConfiguration
    @ImportAutoConfiguration({
        KafkaAutoConfiguration.class,
        TriggerProducerAutoConfiguration.class,
        EndpointAutoConfiguration.class
    })
    static class Producer {}

    private final ConfigurableApplicationContext producer = new SpringApplicationBuilder(Producer.class)
            .properties(
                    "spring.main.banner-mode=off",
                    "spring.kafka.bootstrap-servers=127.0.0.1:1",
                    "management.endpoints.web.exposure.include=triggerproducer",
                    "triggerquery.producer.strategy=memory-queue",
                    "triggerquery.producer.memory-queue.shutdown-timeout=0s",
                    "triggerquery.producer.destinations.changed.topic=changed")
            .run();

    /** Performs the operation of a path below {@code /actuator}. */
    void check(Command command, String method, List<String> path) {
        boolean views = path.get(0).equals("triggerquery") || path.size() == 3;
        boolean reads = path.size() <= 2 || views && method.equals("GET");
        command.must(
                method.equals(reads ? "GET" : "POST"), "an endpoint has no such path for " + method + "; correct it");
        try {
            switch (path.get(0)) {
                case "triggerquery" -> consumer(path, reads);
                case "triggerproducer" -> producer(command, path, reads);
                default ->
                    command.must(false, "this test knows no endpoint " + path.get(0) + "; correct it, or add it");
            }
        } catch (RuntimeException refused) {
            // that an id does not exist is an answer of the operation
            String reason = String.valueOf(refused.getMessage());
            boolean exists =
                    Stream.of("there is no operation", "there is no view").noneMatch(reason.toLowerCase()::contains);
            command.must(exists, reason + "; correct the path");
        }
    }

    private static void consumer(List<String> path, boolean reads) {
        ListenerOperations listener = (ListenerOperations) Proxy.newProxyInstance(
                Endpoints.class.getClassLoader(),
                new Class<?>[] {ListenerOperations.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("report")) {
                        return CompletableFuture.completedFuture(null);
                    }
                    if (method.getName().equals("fleet")) {
                        throw new IllegalStateException("there is no fleet here");
                    }
                    boolean isText = method.getReturnType() == String.class;
                    return !isText ? null : path.size() > 1 ? path.get(1) : "listener";
                });
        TriggerQueryEndpoint endpoint = new TriggerQueryEndpoint(
                () -> List.of(listener), new Shown(false, true), new Audit(InstantSource.system()));
        if (reads) {
            read(endpoint, path);
            return;
        }
        switch (path.size()) {
            case 3 ->
                endpoint.operate(
                        path.get(1),
                        path.get(2),
                        ON_IDS.contains(path.get(2)) ? "id" : null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
            default -> endpoint.operateOnId(path.get(1), path.get(2), path.get(3), null, null);
        }
    }

    private static void read(TriggerQueryEndpoint endpoint, List<String> path) {
        switch (path.size()) {
            case 1 -> endpoint.listeners();
            case 2 -> endpoint.listener(path.get(1));
            case 3 -> endpoint.view(path.get(1), path.get(2), null, null, null, null, null, null, null);
            default -> endpoint.viewOfOne(path.get(1), path.get(2), path.get(3), null);
        }
    }

    private void producer(Command command, List<String> path, boolean reads) {
        TriggerProducerEndpoint endpoint = producer.getBean(TriggerProducerEndpoint.class);
        command.must(
                path.size() < 2 || path.get(1).equals("STRATEGY") || STRATEGIES.contains(path.get(1)),
                "there is no strategy " + path.subList(1, path.size()) + "; correct the path");
        switch (path.size()) {
            case 1 -> endpoint.strategies();
            case 2 -> endpoint.waiting("memory-queue", null);
            case 3 -> {
                command.must(reads, "the path lacks the destination; add it");
                endpoint.view("memory-queue", path.get(2));
            }
            case 4 -> endpoint.operate("memory-queue", path.get(2), "changed");
            default -> endpoint.operateOnId("memory-queue", path.get(2), "changed", path.get(4));
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
