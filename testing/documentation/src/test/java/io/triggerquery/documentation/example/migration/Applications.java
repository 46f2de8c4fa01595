package io.triggerquery.documentation.example.migration;

import feign.Feign;
import feign.jackson3.Jackson3Decoder;
import io.triggerquery.documentation.example.StandInBilling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Applications with one of the listeners, on one broker, with one group for each test. */
record Applications(String broker, String group, StandInBilling billing, BillingTable table) {

    static final String TOPIC = "billing.billing-changed";

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {}

    ConfigurableApplicationContext start(Class<?>... listener) {
        boolean after = List.of(listener).contains(BillingProjection.class);
        return new SpringApplicationBuilder(Stream.concat(Stream.of(Application.class), Stream.of(listener))
                        .toArray(Class<?>[]::new))
                .initializers(context -> {
                    context.getBeanFactory().registerSingleton("table", table);
                    if (!after) {
                        context.getBeanFactory().registerSingleton("billing", client());
                    }
                })
                .properties(Map.of(
                        "spring.main.banner-mode", "off",
                        "spring.main.web-application-type", "none",
                        "spring.kafka.bootstrap-servers", broker,
                        "spring.kafka.consumer.group-id", group,
                        "spring.kafka.consumer.auto-offset-reset", "earliest"))
                .properties(after ? Map.of("triggerquery.sources.billing.url", billing.url()) : Map.of())
                .run();
    }

    /** Returns a client as an application without trigger-query has it. */
    BillingSource client() {
        return Feign.builder().decoder(new Jackson3Decoder()).target(BillingSource.class, billing.url());
    }

    static String[] ids(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    void send(String... ids) {
        try (Producer<String, String> producer = new DefaultKafkaProducerFactory<>(
                        Map.of("bootstrap.servers", (Object) broker), new StringSerializer(), new StringSerializer())
                .createProducer()) {
            Stream.of(ids).forEach(id -> producer.send(new ProducerRecord<>(TOPIC, id, id)));
        }
    }

    Consumer<String, String> consumer(String group) {
        return new DefaultKafkaConsumerFactory<>(
                        Map.of(
                                "bootstrap.servers", (Object) broker,
                                "auto.offset.reset", "earliest",
                                "enable.auto.commit", "false"),
                        new StringDeserializer(),
                        new StringDeserializer())
                .createConsumer(group, "");
    }

    /** Returns the values that a group has not read, at least one unless none comes in 10 s, and commits them. */
    List<String> unread(String topic, String group) {
        List<String> values = new ArrayList<>();
        try (Consumer<String, String> consumer = consumer(group)) {
            consumer.subscribe(List.of(topic));
            for (int polls = 0; polls < 50 && values.isEmpty(); polls++) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            consumer.commitSync();
        }
        return values;
    }

    /** Returns how many records of the trigger topic the group has not committed. */
    long lag() {
        try (Consumer<String, String> consumer = consumer("lag");
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return consumer
                    .endOffsets(consumer.partitionsFor(TOPIC).stream()
                            .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                            .toList())
                    .entrySet()
                    .stream()
                    .mapToLong(end -> end.getValue()
                            - (committed.containsKey(end.getKey())
                                    ? committed.get(end.getKey()).offset()
                                    : 0))
                    .sum();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
