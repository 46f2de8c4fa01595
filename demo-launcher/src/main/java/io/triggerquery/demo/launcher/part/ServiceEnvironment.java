package io.triggerquery.demo.launcher.part;

import java.util.HashMap;
import java.util.Map;

/** The environment variables of the services: addresses, and the strategy of the two demo services. */
final class ServiceEnvironment {

    // calls come from this machine only, but the relay service requires a password
    private static final String RELAY_PASSWORD = "demo";

    private ServiceEnvironment() {}

    /** Returns the environment of billing or payment. */
    static Map<String, String> demo(Settings settings, ProducerStrategy strategy, PartName name) {
        Map<String, String> environment = new HashMap<>(all(settings, name));
        environment.put("BILLING_URL", settings.url(PartName.BILLING));
        environment.put("PAYMENT_URL", settings.url(PartName.PAYMENT));
        environment.put("SPRING_PROFILES_ACTIVE", "demo");
        environment.put("PRODUCER_STRATEGY", strategy.toString());
        environment.put("SPOOL_DIRECTORY", settings.data(name).toString());
        environment.put("RELAY_URL", settings.url(PartName.RELAY));
        environment.put("RELAY_USER", name.artifact());
        environment.put("RELAY_PASSWORD", RELAY_PASSWORD);
        return Map.copyOf(environment);
    }

    /** Returns the environment of the relay service: its callers and their topics. */
    static Map<String, String> relay(Settings settings) {
        Map<String, String> environment = new HashMap<>(all(settings, PartName.RELAY));
        // as JSON, since the name of a variable cannot have the dashes of these names
        environment.put("SPRING_APPLICATION_JSON", """
                {"triggerquery": {
                  "producer": {
                    "schedule": {"pauses": "1s,2s", "last-pause": "5s"},
                    "destinations": {
                      "billing-changed": {"topic": "billing.billing-changed"},
                      "payment-changed": {"topic": "payment.payment-changed"}}},
                  "relay-service": {
                    "callers": {
                      "billing-demo": {"password": "{noop}%1$s", "destinations": "billing-changed"},
                      "payment-demo": {"password": "{noop}%1$s", "destinations": "payment-changed"}}}}}
                """.formatted(RELAY_PASSWORD));
        return Map.copyOf(environment);
    }

    private static Map<String, String> all(Settings settings, PartName name) {
        return Map.of(
                "SERVER_PORT",
                Integer.toString(settings.port(name).number()),
                "SERVER_ADDRESS",
                "127.0.0.1",
                "SPRING_DATASOURCE_URL",
                Database.jdbcUrl(settings, name.toString()),
                "SPRING_DATASOURCE_USERNAME",
                Database.USER,
                "SPRING_DATASOURCE_PASSWORD",
                Database.PASSWORD,
                "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + settings.port(PartName.BROKER).number());
    }
}
