package io.triggerquery.bench.peer;

import io.triggerquery.bench.table.BillingCopy;
import io.triggerquery.consumer.autoconfigure.TriggerQueryProperties;
import io.triggerquery.consumer.projection.TableProjection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The framework in a Spring Boot application, as a user has it: a listener, its source's address, and the defaults for
 * the rest. Properties of the process, such as {@code -Dtriggerquery.defaults.parallelism=64}, apply as they do for a
 * user.
 *
 * @param listener the user's class
 * @param transport the transport of the queries
 * @param changed the settings that are not the defaults
 */
record OursPeer(Class<?> listener, OursTransport transport, Map<String, ?> changed) implements Peer {

    private static final String URL = "triggerquery.sources.billing.url";
    static final String PARALLELISM = "triggerquery.defaults.parallelism";
    static final String SSL_BUNDLE = "triggerquery.sources.billing.ssl-bundle";
    static final String JOURNAL_SIZE = "triggerquery.defaults.journal-size";
    static final String CONTROL = "triggerquery.control.enabled";
    /** The listener that is a record and a table instead of a class with a method. */
    static final Class<?> TABLE = BillingCopy.class;

    static final String BEARER_TOKEN = "triggerquery.sources.billing.bearer-token";

    OursPeer(Class<?> listener, OursTransport transport) {
        this(listener, transport, Map.of());
    }

    /** The user's application. */
    @EnableAutoConfiguration
    static class Application {}

    @Override
    public String guarantees() {
        return "No order between triggers, no query for each of them (they coalesce), not every intermediate state;"
                + " after a"
                + " kill the current work, and the work that is done above a failing id, is repeated.";
    }

    @Override
    public AutoCloseable start(Job job) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(properties(job.settings()))
                .initializers(context -> beans((GenericApplicationContext) context, job))
                .run();
    }

    private Map<String, Object> properties(PeerSettings settings) {
        Map<String, Object> properties = new HashMap<>(changed);
        properties.put("topic", settings.topic().name());
        properties.put("spring.kafka.bootstrap-servers", settings.topic().bootstrap());
        properties.put("spring.kafka.consumer.group-id", settings.topic().group());
        PeerSettings.Source source = settings.source();
        if (changed.containsKey(SSL_BUNDLE)) {
            String bundle = "spring.ssl.bundle.pem." + changed.get(SSL_BUNDLE);
            properties.put(bundle + ".truststore.certificate", "file:" + Objects.requireNonNull(source.certificate()));
            properties.put(URL, Objects.requireNonNull(source.secureUrl()).toString());
        } else if (transport != OursTransport.BLOCKING) { // whose client has the address
            properties.put(URL, source.url().toString());
        }
        Integer inFlight = settings.limits().inFlight();
        if (inFlight != null) {
            properties.put(PARALLELISM, inFlight);
        }
        return properties;
    }

    private void beans(GenericApplicationContext context, Job job) {
        context.registerBean(Projection.class, job::projection, definition -> definition.setDestroyMethodName(""));
        context.registerBean(Progress.class, job::progress);
        context.registerBean(OursSettled.class, () -> new OursSettled(job.progress()));
        if (listener == TABLE) {
            table(context, job);
        } else {
            context.registerBean(listener);
        }
        if (transport == OursTransport.BLOCKING) {
            context.registerBean(
                    FeignClient.class,
                    () -> new FeignClient(
                            job.settings().source().url(),
                            context.getBean(TriggerQueryProperties.class)
                                    .defaults()
                                    .parallelism()));
            context.registerBean(BillingSource.class, () -> context.getBean(FeignClient.class)::byId);
        }
    }

    private static void table(GenericApplicationContext context, Job job) {
        String url = Objects.requireNonNull(job.settings().jdbcUrl(), "this peer needs -Dprojection=postgres");
        context.registerBean(
                TableProjection.class,
                () -> TableProjection.of(BillingCopy.class, PostgresProjection.connections(url)));
        context.registerBean(TableProgress.class, () -> new TableProgress(job.progress()));
    }
}
