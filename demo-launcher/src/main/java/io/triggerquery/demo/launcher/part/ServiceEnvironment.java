package io.triggerquery.demo.launcher.part;

import java.util.HashMap;
import java.util.Map;

/** The environment variables of the services: addresses, and the strategy of the two demo services. */
final class ServiceEnvironment {

    // calls come from this machine only, but the relay service requires a password
    private static final String RELAY_PASSWORD = "demo";

    // as JSON, since the name of a variable cannot have the dashes of these names
    private static final String CALLERS = """
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
            """.formatted(RELAY_PASSWORD);

    private ServiceEnvironment() {}

    static Map<String, String> of(Settings settings, PartName name, ProducerStrategy strategy) {
        int broker = settings.port(PartName.BROKER).number();
        Map<String, String> environment = new HashMap<>();
        environment.put("SERVER_PORT", "" + settings.port(name).number());
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SPRING_DATASOURCE_URL", Database.jdbcUrl(settings, name.toString()));
        environment.put("SPRING_DATASOURCE_USERNAME", Database.USER);
        environment.put("SPRING_DATASOURCE_PASSWORD", Database.PASSWORD);
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + broker);
        if (name == PartName.RELAY) {
            environment.put("SPRING_APPLICATION_JSON", CALLERS);
            return environment;
        }
        environment.put("BILLING_URL", settings.url(PartName.BILLING));
        environment.put("PAYMENT_URL", settings.url(PartName.PAYMENT));
        environment.put("SPRING_PROFILES_ACTIVE", "demo");
        environment.put("PRODUCER_STRATEGY", strategy.toString());
        environment.put("SPOOL_DIRECTORY", settings.data(name).toString());
        environment.put("RELAY_URL", settings.url(PartName.RELAY));
        environment.put("RELAY_USER", name.artifact());
        environment.put("RELAY_PASSWORD", RELAY_PASSWORD);
        return environment;
    }
}
