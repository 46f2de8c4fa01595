package io.triggerquery.console.it;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A broker and the {@link ShopApplication} at a context path, with users: ann operates, ray reads, and cleo is a
 * customer. All integration tests of this module share it.
 */
final class Shop {

    static final String CONTEXT = "/shop";
    static final int STALE_IDS = 10_000;
    private static final int FRESH_COPIES = 600;
    static final String SILENT = "vm-silent";

    private static Shop running;

    private final EmbeddedKafkaKraftBroker broker;
    private final ConfigurableApplicationContext application;

    private Shop(EmbeddedKafkaKraftBroker broker, ConfigurableApplicationContext application) {
        this.broker = broker;
        this.application = application;
    }

    /** Defines the users and protects all requests, as shown in the documentation. */
    @Configuration(proxyBeanMethods = false)
    static class Users {

        @Bean
        SecurityFilterChain everything(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ann")
                            .password("{noop}a")
                            .roles("OPERATOR")
                            .build(),
                    User.withUsername("ray").password("{noop}r").roles("VIEWER").build(),
                    User.withUsername("cleo")
                            .password("{noop}c")
                            .roles("CUSTOMER")
                            .build());
        }
    }

    static synchronized Shop open() throws Exception {
        if (running == null) {
            running = start();
            running.fill();
        }
        return running;
    }

    private static Shop start() throws Exception {
        var broker = new EmbeddedKafkaKraftBroker(1, 3);
        broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
        broker.afterPropertiesSet();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.getBrokersAsString()))) {
            admin.createTopics(Stream.of("bills", "old", "copies")
                            .map(topic -> new NewTopic(topic, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        return new Shop(broker, run(broker));
    }

    private static ConfigurableApplicationContext run(EmbeddedKafkaKraftBroker broker) {
        Map<String, String> settings = new HashMap<>(Map.ofEntries(
                Map.entry("spring.application.name", "shop"),
                Map.entry("spring.main.banner-mode", "off"),
                Map.entry("server.port", "0"),
                Map.entry("server.address", "127.0.0.1"),
                Map.entry("server.servlet.context-path", CONTEXT),
                Map.entry("spring.kafka.bootstrap-servers", broker.getBrokersAsString()),
                Map.entry("spring.kafka.consumer.group-id", "shop"),
                Map.entry("spring.kafka.consumer.auto-offset-reset", "earliest"),
                Map.entry("triggerquery.console.enabled", "true"),
                Map.entry("triggerquery.console.read-role", "VIEWER"),
                Map.entry("triggerquery.console.operate-role", "OPERATOR"),
                Map.entry("triggerquery.defaults.back-off.initial", "10m"),
                Map.entry("triggerquery.defaults.back-off.max", "10m"),
                Map.entry("triggerquery.defaults.defer-after", "30m"),
                Map.entry("triggerquery.defaults.stale-grace", "1h"),
                Map.entry("triggerquery.defaults.max-pending", "30000"),
                Map.entry("triggerquery.listeners.copies.consistency.rate", "300"),
                Map.entry("triggerquery.producer.strategy", "memory-queue"),
                Map.entry("triggerquery.producer.destinations.bill.topic", "bills")));
        return new SpringApplicationBuilder(ShopApplication.class, Users.class)
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    /** Gives a user this role only. The password is the first letter of the name. */
    void give(String user, String role) {
        var users = application.getBean(InMemoryUserDetailsManager.class);
        users.deleteUser(user);
        users.createUser(User.withUsername(user)
                .password("{noop}" + user.charAt(0))
                .roles(role)
                .build());
    }

    int port() {
        return ((WebServerApplicationContext) application).getWebServer().getPort();
    }

    /** Sends triggers for the pages: failing ids, dead letters, many ids with stale answers, and some others. */
    private void fill() throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            records.add(trigger("bills", "good-" + i, null));
        }
        for (int i = 0; i < 5; i++) {
            records.add(trigger("bills", "bad-" + i, null));
        }
        for (int i = 0; i < 8; i++) {
            records.add(trigger("bills", "never-" + i, null));
        }
        records.add(trigger("bills", "{\"id\": \"" + ShopApplication.MARKUP.replace('"', '\'') + "\"}", null));
        for (int i = 0; i < STALE_IDS; i++) {
            records.add(trigger("old", "stale-" + i, "2"));
        }
        for (int i = 1; i < FRESH_COPIES; i += 2) {
            records.add(trigger("copies", Copies.id(i), "1"));
        }
        records.add(silentInstance("bills", ""));
        records.add(silentInstance("copies", ", \"violations\": 3"));
        send(records);
    }

    /** Sends the last status of a dead instance; with few fields it is one of an older version. */
    private static ProducerRecord<byte[], byte[]> silentInstance(String listener, String more) {
        String status = """
                {"format": 1, "reading": true, "paused": false, "pending": 3, "ready": 0, "running": 0, "waiting": 2,
                "held": false, "longestStuck": {"id": "lost-1", "failures": 2, "seconds": 40},
                "partitions": [{"partition": "%s-1", "watermark": 0, "open": 3}], "morePartitions": 0%s}""".formatted(listener, more);
        return new ProducerRecord<>(
                "shop-triggerquery-control",
                ("status:" + SILENT + ":" + listener).getBytes(StandardCharsets.UTF_8),
                status.getBytes(StandardCharsets.UTF_8));
    }

    private static ProducerRecord<byte[], byte[]> trigger(String topic, String id, String version) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        var message = new ProducerRecord<>(topic, bytes, bytes);
        if (version != null) {
            message.headers().add("triggerquery-version", version.getBytes(StandardCharsets.UTF_8));
        }
        return message;
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.getBrokersAsString(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            records.forEach(producer::send);
            producer.flush();
        }
    }
}
