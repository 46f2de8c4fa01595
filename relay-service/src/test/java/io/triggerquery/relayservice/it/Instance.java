package io.triggerquery.relayservice.it;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.internal.remote.RelayServiceConnection;
import io.triggerquery.producer.internal.remote.RelayServiceSettings;
import io.triggerquery.producer.internal.sending.TriggerSender;
import io.triggerquery.relayservice.RelayService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * One instance of the service on its own port. Its callers are billing, which may send to "changed", and payment, which may
 * send to "paid".
 */
final class Instance implements AutoCloseable {

    /** Disables polling during a test, so that only a wake-up sends. */
    static final String NO_POLL = "triggerquery.producer.outbox.poll-interval=1h";

    static final String FAST_POLL = "triggerquery.producer.outbox.poll-interval=20ms";

    // hashed with the lowest cost of bcrypt
    private static final String PAYMENT = "{bcrypt}" + new BCryptPasswordEncoder(4).encode("payment-secret");

    private final ConfigurableApplicationContext context;

    private Instance(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts an instance that uses this sender instead of Kafka. */
    static Instance sendingWith(TriggerSender sender, String database, String... properties) {
        return start(
                builder()
                        .initializers(context -> ((GenericApplicationContext) context)
                                .registerBean("recordedSender", TriggerSender.class, () -> sender)),
                arguments(database, properties));
    }

    static Instance sendingToKafka(String database, String... properties) {
        return start(builder(), arguments(database, properties));
    }

    static Instance start(SpringApplicationBuilder builder, List<String> arguments) {
        return new Instance(builder.run(arguments.toArray(String[]::new)));
    }

    static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(RelayService.class);
    }

    /** Returns the settings as command line arguments. */
    static List<String> arguments(String database, String... properties) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "spring.main.banner-mode", "off",
                "spring.datasource.url", Servers.jdbcUrl(database),
                "server.port", "0",
                "triggerquery.producer.destinations.changed.topic", "changed",
                "triggerquery.producer.destinations.paid.topic", "paid",
                "triggerquery.relay-service.callers.billing.password", "{noop}billing-secret",
                "triggerquery.relay-service.callers.billing.destinations", "changed",
                "triggerquery.relay-service.callers.payment.password", PAYMENT,
                "triggerquery.relay-service.callers.payment.destinations", "paid"));
        for (String property : properties) {
            int equals = property.indexOf('=');
            settings.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return settings.entrySet().stream().map(setting -> "--" + setting).toList();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    RelayServiceConnection connection(String caller) {
        return new RelayServiceConnection(new RelayServiceSettings(
                url(), caller, caller + "-secret", Duration.ofSeconds(5), Duration.ofSeconds(30)));
    }

    HttpResponse<String> post(String caller, String path, String body) {
        return send(HttpRequest.newBuilder(url().resolve(path))
                .header("Content-Type", "application/json")
                .header("Authorization", basic(caller))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static String basic(String caller) {
        byte[] credentials = (caller + ":" + caller + "-secret").getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    JdbcClient jdbc() {
        return JdbcClient.create(context.getBean(DataSource.class));
    }

    double counted(String meter) {
        return context.getBean(MeterRegistry.class).get(meter).counter().count();
    }

    static long rows(String database) {
        return JdbcClient.create(Servers.dataSource(database))
                .sql("select count(*) from trigger_outbox")
                .query(Long.class)
                .single();
    }

    /** Makes every row older by some seconds, as if they had passed. */
    static void older(String database, long seconds) {
        JdbcClient.create(Servers.dataSource(database))
                .sql("update trigger_outbox set created_at = " + earlier(database, "created_at", seconds)
                        + ", due_at = " + earlier(database, "due_at", seconds))
                .update();
    }

    private static String earlier(String database, String column, long seconds) {
        return Servers.jdbcUrl(database).startsWith("jdbc:postgresql:")
                ? column + " - interval '" + seconds + " s'"
                : "timestampadd(second, -" + seconds + ", " + column + ")";
    }

    @Override
    public void close() {
        context.close();
    }
}
